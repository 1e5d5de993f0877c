using System.CommandLine;
using System.Globalization;
using Vestige.Cli.Commands;
using Vestige.Cli.Options;
using Vestige.Files;

namespace Vestige.Cli.Fleet;

/// <summary><c>vestige plan</c>, <c>work</c>, <c>finish</c>, <c>status</c>: one audit or study by many processes, on any machines that see a folder.</summary>
internal static class FleetCommands
{
    /// <summary>Seconds: of the least and the longest time from one sign of life to the next.</summary>
    internal const double LeastHeartbeat = 0.05, MostHeartbeat = 600;

    /// <summary>The option of a plan that says how many seconds pass from one sign of life of a worker to the next.</summary>
    internal const string Heartbeat = "--heartbeat";

    private const double DefaultHeartbeat = 10;

    internal static Command CreatePlan(Context context)
    {
        Option<double> heartbeat = new(Heartbeat)
        {
            Description = "Seconds from one sign of life of a worker to the next; one that gives none for twelve times as long is taken for dead.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => DefaultHeartbeat,
            Recursive = true,
        };
        heartbeat.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double seconds)
                && seconds is not (>= LeastHeartbeat and <= MostHeartbeat))
                result.AddError($"--heartbeat {result.Tokens[0].Value}: it takes seconds from {LeastHeartbeat.ToString(CultureInfo.InvariantCulture)} to {MostHeartbeat}");
        });
        var command = new Command("plan", """
            Cuts an audit or a study into pieces for many processes, and writes the plan into a folder that all of them see.
            'vestige work DIR' takes pieces, any number of times and on any machines; 'vestige finish DIR' makes the result, which
            is the same as that of one process.

            Examples:
              vestige plan audit photos jpeg:q=10..90/20 avif:q=50 --out /shared/run
              vestige plan study world:facts transformer:layers=2 --vary data=1/4,1 --vary dropout=0,0.1 --out /shared/study
              vestige work /shared/run        (as often as you like: docs/clusters.md has Slurm, Kubernetes, GNU parallel)
              vestige status /shared/run
              vestige finish /shared/run
            """) { heartbeat };
        command.Subcommands.Add(AuditCommand.Create((parsed, options) => PlanRun.Run(context, options, parsed.GetValue(heartbeat))));
        command.Subcommands.Add(StudyCommand.Create((parsed, options) => PlanRun.Run(context, options, parsed.GetValue(heartbeat))));
        return command;
    }

    internal static Command CreateWork(Context context)
    {
        Argument<string> folder = Folder();
        (Option<int?> threads, Option<MemoryBudget?> memory) = Here();
        Option<bool> again = new("--again") { Description = "Also take pieces that were set aside, as if nobody had tried them." };
        var command = new Command("work", """
            Takes pieces of a plan that nobody is at, keeps what it finds, and ends when none is left. Run it as often as you like,
            on any machines that see the folder, and end it at any time: Ctrl-C and SIGTERM give back what it is at, and what a
            killed one was at is taken by others. A piece that cost three workers is set aside, and named.

            In an array of Slurm or an indexed job of Kubernetes workers begin at different places by themselves.

            Examples:
              vestige work /shared/run
              vestige work /shared/run --threads 4 --memory 4GB
              sbatch --array=0-63 scripts/slurm.sbatch /shared/run
            """) { folder, again, threads, memory };
        command.SetAction(parsed => WorkRun.Run(context, parsed.GetRequiredValue(folder), parsed.GetValue(again), parsed.GetValue(threads), parsed.GetValue(memory)));
        return command;
    }

    internal static Command CreateFinish(Context context)
    {
        Argument<string> folder = Folder();
        (Option<int?> threads, Option<MemoryBudget?> memory) = Here();
        var command = new Command("finish", """
            Makes the result of a plan from what its workers found: the tables, results.json or study.json and the page that one
            process would have made. Where pieces are missing it names them and ends with 3.

            Example:
              vestige finish /shared/run
            """) { folder, threads, memory };
        command.SetAction(parsed => FinishRun.Run(context, parsed.GetRequiredValue(folder), parsed.GetValue(threads), parsed.GetValue(memory)));
        return command;
    }

    internal static Command CreateStatus(Context context)
    {
        Argument<string> folder = Folder();
        Option<bool> page = new("--page") { Description = $"Also write it as {StatusPage.Name} into the folder; a browser reads it anew every half minute." };
        var command = new Command("status", """
            How a plan stands: pieces done, running and where, failed and why; the time left; the figures so far, which are not final.
            Ends with 0 where all is done, else with 3.

            Example:
              vestige status /shared/run --page
            """) { folder, page };
        command.SetAction(parsed => StatusRun.Run(context, parsed.GetRequiredValue(folder), parsed.GetValue(page)));
        return command;
    }

    private static Argument<string> Folder() => new("dir") { Description = "The folder of the plan." };

    /// <summary>What is of this machine, and not of the plan.</summary>
    private static (Option<int?> Threads, Option<MemoryBudget?> Memory) Here()
    {
        Option<int?> threads = CommonOptions.TrainingThreads();
        threads.Description = "Threads of this process; no figure depends on it. All processors unless the plan's words say otherwise.";
        Option<MemoryBudget> budget = CommonOptions.Memory();
        Option<MemoryBudget?> memory = new(budget.Name) { Description = budget.Description, HelpName = budget.HelpName, CustomParser = budget.CustomParser };
        return (threads, memory);
    }
}
