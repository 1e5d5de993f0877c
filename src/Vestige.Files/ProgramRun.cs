using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Vestige.Results;

namespace Vestige.Files;

/// <summary>A program that was run to its end, or was ended, with all that it started.</summary>
/// <param name="Fault">What it did wrong, with the end of what it said: "ended with status 3: no such quality"; null where it ended with 0.</param>
/// <param name="Said">What it wrote to standard output, and then what to standard error; of much the end.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record ProgramRun(string? Fault, string Said, double Seconds)
{
    /// <summary>Characters that are kept of each stream.</summary>
    private const int MostKept = 1 << 16;

    /// <summary>Characters of them in a message.</summary>
    private const int MostShown = 300;

    /// <summary>Runs it.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">Its arguments, each passed on as it is: there is no shell.</param>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program has been ended.</exception>
    internal static ProgramRun Of(string program, IEnumerable<string> arguments, string folder, TimeSpan limit, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        var left = new LeftRunning();
        left.Mark(start);
        var watch = Stopwatch.StartNew();
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            return new ProgramRun($"does not start: {error.Message}", "", 0);
        }
        using (process)
        {
            // Both pipes are emptied as they fill: a program that talks much must not wait for a reader, nor fill memory.
            Task<string> output = End(process.StandardOutput), complaints = End(process.StandardError);
            process.StandardInput.Close();
            bool ended;
            // Not an asynchronous wait: that goes on in the thread pool, whose delay would be part of the time.
            using (cancel.Register(() => process.Kill(entireProcessTree: true))) ended = process.WaitForExit(limit);
            double seconds = watch.Elapsed.TotalSeconds;
            if (!ended)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit(TimeSpan.FromSeconds(5));
            }
            left.End();
            cancel.ThrowIfCancellationRequested();
            // A child of it that was not found may hold a pipe open for ever.
            Task.WaitAll([output, complaints], TimeSpan.FromSeconds(1));
            string said = output.IsCompletedSuccessfully ? output.Result : "", complained = complaints.IsCompletedSuccessfully ? complaints.Result : "";
            string words = Shown(complained.Length > 0 ? complained : said);
            string? fault = !ended ? string.Create(CultureInfo.InvariantCulture, $"did not end within {limit.TotalSeconds:0.#} s and was stopped{words}")
                : process.ExitCode != 0 ? string.Create(CultureInfo.InvariantCulture, $"ended with status {process.ExitCode}{words}")
                : null;
            return new ProgramRun(fault, said + complained, seconds);
        }
    }

    /// <summary>The last characters of a stream, read in a thread of its own: the pool may be busy for longer than anybody waits for what a program said,
    /// which would then have said nothing.</summary>
    private static Task<string> End(StreamReader reader) => Task.Factory.StartNew(() =>
    {
        char[] buffer = new char[4096];
        string end = "";
        try
        {
            for (int read; (read = reader.Read(buffer, 0, buffer.Length)) > 0;) end = Last(end + new string(buffer, 0, read), MostKept);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The program is gone; what it said until then is kept.
        }
        return end;
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static string Shown(string words)
    {
        string line = string.Join("; ", Last(words, MostShown).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length > 0 ? ": " + Names.Printable(line) : "";
    }

    private static string Last(string text, int most) => text.Length > most ? text[^most..] : text;
}
