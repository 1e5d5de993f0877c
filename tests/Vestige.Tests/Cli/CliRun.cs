using System.Diagnostics;
using System.Text.RegularExpressions;
using Vestige.Cli;
using Vestige.Cli.Rendering;

namespace Vestige.Tests.Cli;

/// <summary>What a command line did.</summary>
/// <param name="Status">Exit status.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CliRun(int Status, string Out, string Error)
{
    /// <summary>Standard output as one line: tables and sentences are folded at the width of the terminal.</summary>
    internal string Words => string.Join(' ', Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Standard error without what tells how far the run is, which appears where the machine is slow.</summary>
    internal string Messages => string.Concat(Error.Split('\n').Where(line => line.Length > 0 && !Regex.IsMatch(line, @": \d+ %")));

    /// <summary>Runs it in this process.</summary>
    internal static CliRun Of(params string[] arguments) => Of(TestContext.Current.CancellationToken, arguments);

    internal static CliRun Of(CancellationToken cancel, params string[] arguments)
    {
        var (results, messages) = (new StringWriter(), new StringWriter());
        int status = Program.Run(arguments, new Output(results, messages, interactive: false, width: 120), cancel);
        return new CliRun(status, results.ToString(), messages.ToString());
    }

    /// <summary>Starts it in a process of its own.</summary>
    internal static Process Start(IReadOnlyDictionary<string, string> environment, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Waits for a process of its own.</summary>
    internal static CliRun Wait(Process process)
    {
        using (process)
        {
            Task<string> results = process.StandardOutput.ReadToEndAsync();
            string messages = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return new CliRun(process.ExitCode, results.Result, messages);
        }
    }
}
