namespace Vestige.Cli.Runs;

/// <summary>What .NET throws where a file cannot be read or written.</summary>
internal static class FileFault
{
    // A file grown too large for its file system, or for the user's limit, is an argument out of range.
    internal static bool Is(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;
}
