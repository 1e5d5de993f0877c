using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Vestige.Language.Coders;

/// <summary>Runs a program to its end, for no longer than it is given.</summary>
internal static class ChildRun
{
    private const int LongestMessage = 200;

    /// <summary>Runs it.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments, each as it is: there is no shell.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="limit">When it is ended.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Whether it ended with 0; all it said, or why it did not.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program has been ended.</exception>
    internal static (bool Done, string Said) Run(string program, IEnumerable<string> arguments, string folder, TimeSpan limit, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> said = process.StandardOutput.ReadToEndAsync(CancellationToken.None), complained = process.StandardError.ReadToEndAsync(CancellationToken.None);
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            time.CancelAfter(limit);
            try
            {
                process.WaitForExitAsync(time.Token).GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                cancel.ThrowIfCancellationRequested();
                return (false, string.Create(CultureInfo.InvariantCulture, $"it took more than {limit.TotalSeconds:0.#} s"));
            }
            string all = said.Result + complained.Result;
            return process.ExitCode == 0 ? (true, all)
                : (false, string.Create(CultureInfo.InvariantCulture, $"it ended with {process.ExitCode}: {Shortened(all)}"));
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            return (false, "it cannot be run: " + error.Message);
        }
    }

    private static string Shortened(string text)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= LongestMessage ? text : text[..LongestMessage] + "...";
    }
}
