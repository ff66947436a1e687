namespace ProductVideo.Blobs;

/// <summary>Whether a failed write failed for want of room. Asked wherever files are written, so that every text about it is the same.</summary>
public static class DiskFull
{
    private const int WindowsDiskFull = 112;
    private const int WindowsHandleDiskFull = 39;
    private const int NoSpace = 28;
    private const int LinuxQuota = 122;
    private const int MacQuota = 69;

    /// <summary>ENOSPC or EDQUOT on Unix, ERROR_DISK_FULL or ERROR_HANDLE_DISK_FULL on Windows.</summary>
    public static bool Is(Exception failure) => failure is IOException && (failure.HResult & 0xFFFF) is var code && (OperatingSystem.IsWindows()
        ? code is WindowsDiskFull or WindowsHandleDiskFull
        : code is NoSpace or LinuxQuota or MacQuota);
}
