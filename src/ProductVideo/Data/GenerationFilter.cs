using ProductVideo.Generations;

namespace ProductVideo.Data;

/// <summary>Which generations to list; all parts narrow the result.</summary>
/// <param name="Shop">One shop's.</param>
/// <param name="ProductIds">Of these products.</param>
/// <param name="State">In this state, by <see cref="GenerationState.Name"/>.</param>
/// <param name="Before">The last one of an earlier page.</param>
/// <param name="Take">At most so many.</param>
/// <param name="Search">Of products in whose name or id each of these words stands; see <see cref="WordSearch"/>.</param>
public sealed record GenerationFilter(
    string? Shop = null, IReadOnlyCollection<string>? ProductIds = null, string? State = null, Generation? Before = null, int Take = 50,
    string? Search = null);
