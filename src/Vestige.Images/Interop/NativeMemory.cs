using System.Runtime.InteropServices;

namespace Vestige.Images.Interop;

/// <summary>How glibc, where it is the C library, keeps what libvips and the codecs have freed.</summary>
internal static partial class NativeMemory
{
    // Numbers of malloc.h.
    private const int TrimThreshold = -1, MapThreshold = -3, MostArenas = -8;

    /// <summary>Makes it give large blocks back at once.</summary>
    /// <remarks>Left alone it raises its thresholds to the largest block it has seen and keeps the rest for an arena of each thread, in pieces:
    /// half of the memory of an audit of photographs was of this kind, and grew with their number (docs/photographs.md).</remarks>
    internal static void GiveBack()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = mallopt(MapThreshold, 1 << 17);
            _ = mallopt(TrimThreshold, 1 << 17);
            _ = mallopt(MostArenas, 2);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library, with ways of its own: nothing depends on it but memory.
            return;
        }
    }

    [LibraryImport("libc.so.6")]
    private static partial int mallopt(int parameter, int value);
}
