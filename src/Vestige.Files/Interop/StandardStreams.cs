using System.Runtime.InteropServices;

namespace Vestige.Files.Interop;

/// <summary>The three streams that a program is started with.</summary>
internal static partial class StandardStreams
{
    private const int Count = 3, ReadOnly = 0, GetFlags = 1;

    /// <summary>Opens those that the program was started without (<c>>&amp;-</c>), so that no file of a run takes their numbers, to which native code
    /// prints. To be called before any file is opened. What is printed to them still fails, and is said or ignored as for a full disk.</summary>
    internal static void Occupy()
    {
        if (OperatingSystem.IsWindows()) return;
        for (int i = 0; i < Count; i++)
            if (fcntl(i, GetFlags, 0) < 0 && open("/dev/null", ReadOnly, 0) is >= Count and var other) _ = close(other);
    }

    [LibraryImport("libc")]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
