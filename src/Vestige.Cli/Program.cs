using System.CommandLine;
using System.Runtime.InteropServices;
using Vestige.Cli.Commands;
using Vestige.Cli.Faults;
using Vestige.Cli.Fleet;
using Vestige.Cli.Listings;
using Vestige.Cli.Making;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Files.Interop;
using Vestige.Models.Endpoints;
using Vestige.Specs;

namespace Vestige.Cli;

/// <summary>Parses, runs one command, and turns whatever happened into an exit status.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        StandardStreams.Occupy();
        using var interrupt = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            // The first Ctrl-C stops in order, the second at once.
            e.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        };
        // What a scheduler or a machine that goes down sends: the same order, and the second ends at once here too.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        });
        var output = Output.OfProcess();
        // Of a thread of its own: nothing else would say what to do.
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            if (unhandled.ExceptionObject is Exception e) Environment.Exit(Fault(e, output, Context.Typed(args)));
        };
        return Run(args, output, interrupt.Token);
    }

    /// <summary>Runs a command line; everything a person sees goes through <paramref name="output"/>.</summary>
    internal static int Run(string[] args, Output output, CancellationToken cancel)
    {
        var context = new Context(output, args, cancel);
        EndpointMessages.Send(output.Note);
        ParseResult parsed = Root(context).Parse(args);
        try
        {
            if (parsed.Errors.Count > 0 && args.Length > 0 && parsed.CommandResult.Command is RootCommand root && !args[0].StartsWith('-')) throw NoCommand(root, args[0]);
            UnknownOption.Refuse(parsed);
            ParseFaults.Refuse(parsed);
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
        catch (Exception e)
        {
            // Of several threads the first says what happened.
            return Failed(e is AggregateException several ? several.Flatten().InnerExceptions[0] : e, output, parsed, context.CommandLine);
        }
    }

    private static int Failed(Exception error, Output output, ParseResult parsed, string typed)
    {
        switch (error)
        {
            case UsageException or SpecException:
                output.Error(error.Message.TrimEnd('.'));
                string command = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
                output.Messages.WriteLine($"'vestige {command}--help' shows what it takes, with examples.");
                return ExitStatus.Usage;
            case DataException:
                output.Error(error.Message);
                return ExitStatus.Data;
            case OperationCanceledException or InterruptedException:
                output.Error(error is InterruptedException ? error.Message : "interrupted");
                return ExitStatus.Interrupted;
            case EndpointException:
                bool keeps = parsed.CommandResult.Command.Options.Any(option => option.Name == "--out");
                output.Error(error.Message + (keeps ? ". With --out DIR what was answered is kept, and the same command asks only for the rest" : ""));
                return ExitStatus.Data;
            case IOException or UnauthorizedAccessException:
                // Files have their own messages; what is left is the place that results are printed to.
                output.Error($"the results cannot be printed: {(error.InnerException ?? error).Message}");
                return ExitStatus.Data;
            case OutOfMemoryException:
                output.Error("there is not enough memory: give fewer --threads or fewer --units, or smaller files");
                return ExitStatus.Data;
            default:
                return Fault(error, output, typed);
        }
    }

    /// <summary>What nobody foresaw: it is said whose fault it is, and what a report should hold.</summary>
    private static int Fault(Exception error, Output output, string typed)
    {
        output.Error($"a fault of vestige itself, not of your data ({error.GetType().Name}: {error.Message}). Nothing that was given has been changed; "
            + "results are whole or were not written. Please report it with the lines below, and with the file that causes it if you can.");
        output.Messages.WriteLine($"vestige {Audits.Audit.ThisVersion}, .NET {Environment.Version}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        output.Messages.WriteLine(typed);
        output.Messages.WriteLine(error.StackTrace);
        return ExitStatus.Fault;
    }

    internal static RootCommand Root(Context context) =>
        new("Audits lossy compression: what a codec, a language model or a generator keeps, loses and makes up, and at how many bits.")
        {
            AuditCommand.Create((_, options) => AuditRun.Run(context, options)),
            StudyCommand.Create((_, options) => StudyRun.Run(context, options)),
            FleetCommands.CreatePlan(context),
            FleetCommands.CreateWork(context),
            FleetCommands.CreateStatus(context),
            FleetCommands.CreateFinish(context),
            InspectCommand.Create(context),
            ChooseCommand.Create(context),
            TrainCommand.Create(context),
            SampleCommand.Create(context),
            ScoreCommand.Create(context),
            ExportCommand.Create(context),
            QuantizeCommand.Create(context),
            EncodeCommand.CreateEncode(context),
            EncodeCommand.CreateDecode(context),
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
}
