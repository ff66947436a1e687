using NetVips;
using Vips = NetVips.NetVips;

namespace ProductVideo.Imaging;

/// <summary>Sets libvips up once for a server and bounds how much of its work runs at a time.</summary>
internal static class VipsRuntime
{
    private static readonly Lazy<bool> Ready = new(SetUp);

    /// <summary>Kept here because native code holds it.</summary>
    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    private static readonly SemaphoreSlim Slots = new(Environment.ProcessorCount);

    /// <summary>Refuses loaders that aren't meant for untrusted files, one thread a picture, no operation cache. Any number of calls is one call.</summary>
    public static void EnsureReady() => _ = Ready.Value;

    /// <summary>Runs native work off the caller's thread, no more pieces at a time than there are processors.</summary>
    public static async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await Slots.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            Slots.Release();
        }
    }

    private static bool SetUp()
    {
        Vips.BlockUntrusted = true;
        Vips.Concurrency = 1;
        Cache.Max = 0;

        // A damaged file could otherwise write hundreds of lines to the standard error stream. What matters is thrown.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Silence);
        return true;
    }
}
