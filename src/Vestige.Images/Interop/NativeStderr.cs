using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vestige.Images.Interop;

/// <summary>Keeps what native code prints off the terminal while a scope is open.</summary>
/// <remarks>libjxl as some distributions build it (Debian 12) prints every fault that it finds in a file to file descriptor 2 and offers
/// no way to stop it. .NET's own <see cref="Console.Error"/> writes to a duplicate of that descriptor and is not touched. Scopes of
/// several threads may overlap. On Windows it does nothing.</remarks>
internal static partial class NativeStderr
{
    private const int Stderr = 2;

    private static readonly Lock s_lock = new();
    private static int s_open;
    private static int s_saved;

    /// <summary>Opens a scope, which ends when the result is disposed of, once; null where there is nothing to do.</summary>
    internal static IDisposable? Silence()
    {
        if (OperatingSystem.IsWindows()) return null;
        Open();
        return new Scope();
    }

    private static void Open()
    {
        // Makes .NET's duplicate while the descriptor still leads where it should.
        _ = Console.Error;
        lock (s_lock)
        {
            if (s_open++ > 0) return;
            using SafeFileHandle nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
            s_saved = dup(Stderr);
            _ = dup2((int)nowhere.DangerousGetHandle(), Stderr);
        }
    }

    private static void Close()
    {
        lock (s_lock)
        {
            if (--s_open > 0 || s_saved < 0) return;
            _ = dup2(s_saved, Stderr);
            _ = close(s_saved);
        }
    }

    [LibraryImport("libc")]
    private static partial int dup(int descriptor);

    [LibraryImport("libc")]
    private static partial int dup2(int descriptor, int target);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    private sealed class Scope : IDisposable
    {
        public void Dispose() => Close();
    }
}
