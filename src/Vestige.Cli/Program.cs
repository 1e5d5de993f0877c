using System.CommandLine;
using Vestige.Cli.Commands;
using Vestige.Cli.Rendering;
using Vestige.Compressors;

namespace Vestige.Cli;

/// <summary>Parses, runs one command, and turns whatever happened into an exit status.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using var interrupt = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            // The first Ctrl-C stops in order, the second at once.
            e.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        };
        return Run(args, Output.OfProcess(), interrupt.Token);
    }

    /// <summary>Runs a command line; everything a person sees goes through <paramref name="output"/>.</summary>
    internal static int Run(string[] args, Output output, CancellationToken cancel)
    {
        var context = new Context(output, "vestige " + string.Join(' ', args.Select(Quoted)), cancel);
        ParseResult parsed = Root(context).Parse(args);
        try
        {
            if (parsed.Errors.Count > 0 && args.Length > 0 && parsed.CommandResult.Command is RootCommand root && !args[0].StartsWith('-')) throw NoCommand(root, args[0]);
            if (parsed.Errors.Count > 0) throw new UsageException(string.Join("; ", parsed.Errors.Select(e => e.Message.TrimEnd('.')).Distinct()));
            // Only help and version come this way; they name the program after its file.
            using var help = new StringWriter();
            int status = parsed.Invoke(new InvocationConfiguration
            {
                Output = help,
                Error = output.Messages,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
            output.Results.Write(help.ToString().Replace(RootCommand.ExecutableName, "vestige", StringComparison.Ordinal));
            return status;
        }
        catch (UsageException e)
        {
            output.Error(e.Message);
            string command = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
            output.Messages.WriteLine($"'vestige {command}--help' shows what it takes, with examples.");
            return ExitStatus.Usage;
        }
        catch (DataException e)
        {
            output.Error(e.Message);
            return ExitStatus.Data;
        }
        catch (Exception e) when (e is OperationCanceledException or InterruptedException)
        {
            output.Error(e is InterruptedException ? e.Message : "interrupted");
            return ExitStatus.Interrupted;
        }
        catch (IOException e)
        {
            // Files have their own messages; what is left is the place that results are printed to.
            output.Error($"the results cannot be printed: {e.Message}");
            return ExitStatus.Data;
        }
    }

    internal static RootCommand Root(Context context) =>
        new("Audits lossy compression: what a codec, a language model or a generator keeps, loses and makes up, and at how many bits.")
        {
            AuditCommand.Create(context),
            InspectCommand.Create(context),
            TrainCommand.Create(context),
            SampleCommand.Create(context),
            ScoreCommand.Create(context),
            ReportCommand.Create(context),
            CodecsCommand.Create(context),
            ViewsCommand.Create(context),
            CalibrateCommand.Create(context),
        };

    private static UsageException NoCommand(RootCommand root, string word)
    {
        string[] names = [.. root.Subcommands.Select(c => c.Name)];
        return new UsageException($"there is no command \"{word}\".{Suggestion.For(word, names)} There are: {string.Join(", ", names)}");
    }

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_=./:,+%@".Contains(c, StringComparison.Ordinal))
            ? argument
            : "'" + argument.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
