using System.Collections.Concurrent;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>
/// Orders that were claimed to be sent and are not decided yet, by account: the database does not count them at the provider before their
/// intents are written, so the batch that is claimed meanwhile would be given their room once more, only to be sent to wait for it.
/// </summary>
internal sealed class UndecidedSends
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int Of(string account) => _counts.GetValueOrDefault(account);

    /// <summary>Counts them until it is disposed.</summary>
    public IDisposable Count(IEnumerable<Generation> claimed) =>
        new Counted(this, [.. claimed.Where(generation => generation.State is GenerationState.Planned).CountBy(generation => generation.Order.Provider, StringComparer.Ordinal)]);

    private void Add(string account, int count) => _counts.AddOrUpdate(account, count, (_, before) => before + count);

    private sealed class Counted : IDisposable
    {
        private readonly UndecidedSends _all;
        private IReadOnlyList<KeyValuePair<string, int>> _accounts;

        public Counted(UndecidedSends all, IReadOnlyList<KeyValuePair<string, int>> accounts)
        {
            (_all, _accounts) = (all, accounts);
            foreach (var (account, count) in accounts)
                all.Add(account, count);
        }

        public void Dispose()
        {
            foreach (var (account, count) in Interlocked.Exchange(ref _accounts, []))
                _all.Add(account, -count);
        }
    }
}
