namespace Vestige.Cli.Runs;

/// <summary>What .NET throws where a file cannot be read or written.</summary>
internal static class FileFault
{
    // A file grown too large for its file system, or for the user's limit, is an argument out of range; a name that no system takes is an argument.
    internal static bool Is(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>Another process has it open: EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.</summary>
    internal static bool IsLocked(Exception e) => e is IOException && e.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>The process may open no more files: EMFILE, ENFILE.</summary>
    internal static bool IsOfHandles(Exception e) => e is IOException && e.HResult is 24 or 23;

    /// <summary>A file that was to be made was there: EEXIST, or what Windows says.</summary>
    internal static bool IsThere(Exception e) => e is IOException && e.HResult is 17 or unchecked((int)0x80070050);
}
