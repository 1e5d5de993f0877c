using System.Runtime.InteropServices;

namespace Vestige.Language.Interop;

/// <summary>Memory that is read here and there is found sooner in pages of 2 MB than of 4 KB.</summary>
internal static unsafe partial class LargePages
{
    private const int HugePage = 1 << 21, AdviseHugePages = 14;

    /// <summary>Asks for large pages where the system has them to give (Linux); nothing else depends on the answer.</summary>
    /// <param name="start">The first byte; memory that was not yet written to.</param>
    /// <param name="bytes">How many.</param>
    internal static void Ask(byte* start, long bytes)
    {
        if (!OperatingSystem.IsLinux()) return;
        nint first = ((nint)start + HugePage - 1) & -HugePage, end = (nint)(start + bytes) & -HugePage;
        if (first >= end) return;
        try
        {
            _ = Advise(first, (nuint)(end - first), AdviseHugePages);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name: pages stay small.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nuint length, int advice);
}
