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

    // Looks again where one may be about to bear the mark, and milliseconds before each.
    private const int MostUnsettled = 4, Moment = 5;

    private readonly string _mark = Guid.NewGuid().ToString("N");

    /// <summary>Puts the mark on a program that is to be started.</summary>
    internal void Mark(ProcessStartInfo start) => start.Environment[Variable] = _mark;

    /// <summary>Ends what bears the mark.</summary>
    internal void End()
    {
        if (!OperatingSystem.IsLinux()) return;
        byte[] sought = System.Text.Encoding.ASCII.GetBytes($"{Variable}={_mark}");
        int unsettled = 0;
        for (int look = 0; look < MostLooks; look++)
        {
            (int found, bool open) = (0, false);
            foreach (string folder in Directory.EnumerateDirectories(Processes))
            {
                if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int number)) continue;
                bool? bears = Bears(folder, sought);
                open |= bears is null;
                if (bears is not true) continue;
                found++;
                Kill(number);
            }
            if (found > 0) continue;
            if (!open || ++unsettled > MostUnsettled) return;
            Thread.Sleep(Moment);
        }
    }

    /// <summary>Null where it cannot be told yet: one that is just becoming another program has no environment for a moment, as one that was given none has for ever.</summary>
    private static bool? Bears(string folder, byte[] sought)
    {
        try
        {
            byte[] environment = File.ReadAllBytes(Path.Combine(folder, "environ"));
            // Threads of the kernel, and the dead, have none either, and no program.
            return environment.Length > 0 ? environment.AsSpan().IndexOf(sought) >= 0 : new FileInfo(Path.Combine(folder, "exe")).LinkTarget is null ? false : null;
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
