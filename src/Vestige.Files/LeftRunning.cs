using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Vestige.Files;

/// <summary>What a program started and left running when it ended: known by a mark in its environment, which children inherit.</summary>
/// <remarks>A process whose parent has ended is nobody's child any more, and .NET starts programs in the group of this process, so that there is no group
/// to end. Where there is no <c>/proc</c> nothing is found; nor is a process that cleared its environment.</remarks>
internal sealed class LeftRunning
{
    private const string Variable = "VESTIGE_RUN", Processes = "/proc";

    /// <summary>Looks at all processes, at most: one may start another while they are looked at.</summary>
    private const int MostLooks = 20;

    private readonly string _mark = Guid.NewGuid().ToString("N");

    /// <summary>Puts the mark on a program that is to be started.</summary>
    internal void Mark(ProcessStartInfo start) => start.Environment[Variable] = _mark;

    /// <summary>Ends what bears the mark.</summary>
    internal void End()
    {
        if (!OperatingSystem.IsLinux()) return;
        byte[] sought = System.Text.Encoding.ASCII.GetBytes($"{Variable}={_mark}");
        for (int look = 0; look < MostLooks; look++)
        {
            int found = 0;
            foreach (string folder in Directory.EnumerateDirectories(Processes))
            {
                if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || !Bears(folder, sought)) continue;
                found++;
                Kill(number);
            }
            if (found == 0) return;
        }
    }

    private static bool Bears(string folder, byte[] sought)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(sought) >= 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another user's, or it has ended.
            return false;
        }
    }

    private static void Kill(int number)
    {
        try
        {
            using var process = Process.GetProcessById(number);
            process.Kill();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended since.
        }
    }
}
