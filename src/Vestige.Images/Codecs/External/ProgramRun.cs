using System.ComponentModel;
using System.Diagnostics;
using Vestige.Images.Sources;
using Vestige.Sources;

namespace Vestige.Images.Codecs.External;

/// <summary>Runs a program to its end, or ends it.</summary>
internal static class ProgramRun
{
    /// <summary>Of what a program says, the last so many characters are kept.</summary>
    private const int MostWords = 300;

    /// <summary>Runs it.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">Its arguments, passed on as they are.</param>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <returns>Seconds that it took.</returns>
    /// <exception cref="UnusableDocumentException">It did not start, did not end in time, or ended with another status than 0; the message
    /// holds the end of what it wrote to standard error.</exception>
    internal static double Run(string program, IEnumerable<string> arguments, string folder, TimeSpan timeout)
    {
        string name = Path.GetFileName(program);
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        var watch = Stopwatch.StartNew();
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            throw new UnusableDocumentException($"{name} does not start: {error.Message}", error);
        }
        using (process)
        {
            // Both pipes are emptied as they fill: a program that talks much must not wait for a reader, nor fill memory.
            Task<string> words = Tail(process.StandardError), output = Tail(process.StandardOutput);
            process.StandardInput.Close();
            bool ended = process.WaitForExit(timeout);
            double seconds = watch.Elapsed.TotalSeconds;
            if (!ended)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit(TimeSpan.FromSeconds(5));
            }
            // A child of it may hold a pipe open for ever.
            Task.WaitAll([words, output], TimeSpan.FromSeconds(1));
            string said = words is { IsCompletedSuccessfully: true, Result: { Length: > 0 } text } ? $": {FileScan.Printable(text)}" : "";
            if (!ended) throw new UnusableDocumentException($"{name} did not end within {timeout.TotalSeconds:0} s and was stopped{said}");
            return process.ExitCode == 0 ? seconds : throw new UnusableDocumentException($"{name} ended with status {process.ExitCode}{said}");
        }
    }

    /// <summary>The last characters of a stream, lines joined.</summary>
    private static async Task<string> Tail(StreamReader reader)
    {
        char[] buffer = new char[4096];
        string tail = "";
        try
        {
            for (int read; (read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            {
                tail += new string(buffer, 0, read);
                if (tail.Length > MostWords) tail = tail[^MostWords..];
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The program is gone; what it said until then is kept.
            return Joined(tail);
        }
        return Joined(tail);
    }

    private static string Joined(string text) => string.Join("; ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
