using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ProductVideo.Chaos.Points;

/// <summary>The real signals; nothing in a process that gets the first can tidy up.</summary>
internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    private const int NoSuchProcess = 3;

    /// <summary>Sends <paramref name="signal"/>; a process that is gone already is none of our business.</summary>
    public static void Send(int processId, int signal)
    {
        if (processId <= 1)
            throw new ArgumentOutOfRangeException(nameof(processId), processId, "That is no worker.");
        if (kill(processId, signal) != 0 && Marshal.GetLastPInvokeError() is var error and not NoSuchProcess)
            throw new Win32Exception(error);
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int processId, int signal);
}
