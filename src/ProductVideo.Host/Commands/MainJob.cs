using System.Globalization;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Host.Terminal;
using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Host.Commands;

/// <summary>From product to clip on a terminal, each state as it happens.</summary>
internal static class MainJob
{
    /// <summary>Said where nothing was ordered.</summary>
    public const string IsThere = "The very same video is there already; nothing is made or paid twice. Add --again for a new one.";

    /// <summary>Who does what is left to do.</summary>
    public const string GoesOn = "The running server goes on with it, or the next one that starts";

    private const string Who = "command line";

    /// <summary>Whoever sits at the terminal.</summary>
    /// <param name="agreed">What they agreed to pay at most; empty where it must cost nothing.</param>
    public static Requester Requester(IReadOnlyList<Money> agreed) => new(Who, GenerationOrigin.CommandLine, Agreed: agreed);

    /// <summary>Orders it. One that is there and only waits for a person's word gets it, where the clip goes to the listing at once.</summary>
    public static async Task<Created> OrderAsync(
        VideoGenerations generations, ProductRef product, VideoWishes wishes, IReadOnlyList<Money> agreed, CancellationToken cancellationToken)
    {
        var created = await generations.CreateAsync(product, wishes, Requester(agreed), key: null, cancellationToken);
        return wishes.AutoApprove && created.Generation is { FromBackup: false, State: GenerationState.AwaitingReview { Clip.Doubts.Count: 0 } }
            ? created with { Generation = await generations.ApproveAsync(created.Generation.Id, Who, keepEarlier: null, cancellationToken) }
            : created;
    }

    /// <returns>The generation at rest, or held up by this machine; and the clip's file if there is a clip.</returns>
    public static async Task<(Generation Generation, string? File)> RunAsync(
        IServiceProvider services, ProductRef product, VideoWishes wishes, IReadOnlyList<Money> agreed, string data, CancellationToken cancellationToken)
    {
        var generations = services.GetRequiredService<VideoGenerations>();
        var created = await OrderAsync(generations, product, wishes, agreed, cancellationToken);
        Console.WriteLine($"{Screen.Plain(created.Generation.Order.ProductTitle)} · {created.Generation.Order.Template} · {created.Generation.Order.Price.Amount}");
        Console.WriteLine($"  video {created.Generation.Id}");
        if (!created.IsNew)
            Console.WriteLine(IsThere);
        foreach (var note in created.Generation.Order.Notes)
            Console.WriteLine($"  note: {Screen.Plain(note)}");

        var last = await FollowAsync(generations, created.Generation, cancellationToken);
        while (GenerationFacts.FollowedBy(last) is { } next)
        {
            Console.WriteLine($"  {last.Order.Provider} made no video: {GenerationFacts.Problem(last)?.MerchantText}");
            last = await generations.GetAsync(next, cancellationToken);
            Console.WriteLine($"  {last.Order.Provider} takes over · {last.Order.Price.Amount}");
            last = await FollowAsync(generations, last, cancellationToken);
        }

        var clip = GenerationFacts.Clip(last);
        return (last, clip is null ? null : await ExportAsync(services, last, clip.BlobKey, data, cancellationToken));
    }

    /// <summary>Prints each state as it happens.</summary>
    /// <returns>As it is at rest, or held up by this machine: whoever sits at it can mend that, and is not kept waiting for a day.</returns>
    private static async Task<Generation> FollowAsync(VideoGenerations generations, Generation last, CancellationToken cancellationToken)
    {
        var line = "";
        await foreach (var generation in generations.WatchAsync(last.Id, g => g.DueAt is null || IsHeldUp(g), cancellationToken))
        {
            last = generation;
            if (LineOf(generation) is var now && now != line)
                Console.WriteLine(line = now);
        }

        return last;
    }

    /// <summary>Says how it ended; the exit code is 0 only if there is a clip.</summary>
    public static int Tell(Generation generation, string? file)
    {
        if (IsHeldUp(generation))
            return Failures.Say($"{GenerationFacts.Problem(generation)!.MerchantText} {GoesOn}.", Failures.Machine);
        if (file is null)
            return Failures.Say(GenerationFacts.Problem(generation)?.MerchantText ?? $"There is no video: {generation.State.Name}.", Failures.NoVideo);
        if (generation.State is GenerationState.Published { ListingUrl: { } listing })
            Console.WriteLine($"On its listing: {listing}");
        if (generation.State is GenerationState.Failed or GenerationState.AwaitingReview && GenerationFacts.Problem(generation) is { } problem)
            Console.Error.WriteLine(problem.MerchantText);
        Console.WriteLine(file);
        return generation.State is GenerationState.Failed ? Failures.NoVideo : 0;
    }

    private static bool IsHeldUp(Generation generation) => generation.DueAt is not null && GenerationFacts.Problem(generation) is { IsOfServer: true };

    private static string LineOf(Generation generation)
    {
        var percent = generation.State is GenerationState.Rendering && GenerationFacts.Progress(generation) is { } progress
            ? string.Create(CultureInfo.InvariantCulture, $" {Math.Floor(progress * 10) * 10:0} %") : "";
        var problem = GenerationFacts.Problem(generation) is { } p && !generation.State.IsFinal ? $" ({p.MerchantText})" : "";
        return generation.State.Name + percent + problem;
    }

    /// <summary>A shop's product id may hold what no file's name can.</summary>
    internal static string FileName(Generation generation) =>
        $"{string.Join('_', generation.Product.ProductId.Split(Path.GetInvalidFileNameChars()))}-{generation.Id:n}.mp4";

    /// <summary>Blobs may live elsewhere; a script wants a file.</summary>
    private static async Task<string> ExportAsync(
        IServiceProvider services, Generation generation, string blobKey, string data, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(data), "clips"));
        var file = Path.Combine(folder.FullName, FileName(generation));
        await using var source = await services.GetRequiredService<IBlobStore>().OpenAsync(blobKey, cancellationToken) ?? throw new BlobStoreException(
            "The finished video is missing from storage. Generate it again with --again.", $"Blob {blobKey} is missing.");
        await using var target = File.Create(file);
        await source.CopyToAsync(target, cancellationToken);
        return file;
    }
}
