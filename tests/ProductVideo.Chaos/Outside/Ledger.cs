using System.Globalization;

namespace ProductVideo.Chaos.Outside;

/// <summary>What happened outside, in order: in memory for the checker, and appended to a file for whoever looks into a failure.</summary>
internal sealed class Ledger : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _file;

    public Ledger(string path) => _file = new StreamWriter(path, append: true) { AutoFlush = true };

    public void Write(string what, string product, string id, string note = "")
    {
        lock (_lock)
            _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {what,-16} {product,-10} {id} {note}"));
    }

    public void Dispose() => _file.Dispose();
}
