using System.Globalization;
using Vestige.Cli.Faults;
using Vestige.Cli.Fleet.Leases;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Files;
using Vestige.Numerics;

namespace Vestige.Cli.Fleet;

/// <summary><c>vestige work</c>: one worker.</summary>
internal static class WorkRun
{
    /// <summary>What schedulers call the number of a task of an array: where a worker begins, and nothing else.</summary>
    private static readonly string[] s_numbers = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "PBS_ARRAY_INDEX", "SGE_TASK_ID"];

    internal static int Run(Context context, string name, bool again, int? threads, MemoryBudget? memory)
    {
        var command = PlannedCommand.Read(name, threads, memory);
        (FleetPlan plan, FleetFolder folder) = (command.Plan, command.Folder);
        string host = Environment.MachineName;
        string worker = $"{new string([.. host.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(40)])}-{Environment.ProcessId}-{Guid.NewGuid().ToString("n")[..6]}";
        using var files = new WorkerFiles(folder, worker);
        try
        {
            using ProgressLine progress = context.Output.Progress();
            using IFleetWork work = command.Open(context, files, progress);
            plan.Refuse(work.Facts, name);
            if (!work.Pieces.SequenceEqual(plan.Pieces))
                throw new DataException($"{name} was planned with other pieces than this process makes of the same words: run 'vestige plan' again");
            if (again) TakeBack(folder, plan);
            var me = new LeaseState(worker, host, Environment.ProcessId, "", 0, AttemptState.Running);
            WorkerReport report = new Worker(work, folder, plan, me).Run(Start(worker, plan.Pieces.Count), progress, context.Cancel);
            progress.Dispose();
            return Summarize(context, name, plan, folder, report);
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException($"interrupted; what is done is kept in {name}, and what this worker was at is given back");
        }
    }

    private static int Summarize(Context context, string name, FleetPlan plan, FleetFolder folder, WorkerReport report)
    {
        foreach (string failed in report.Failed) context.Output.Note($"failed here: {failed}");
        IReadOnlyList<string> aside = FleetStatus.Aside(folder, plan);
        foreach (string piece in aside) context.Output.Note($"set aside: {piece}");
        context.Output.Results.WriteLine($"{name}: {report.Done} of {plan.Pieces.Count} pieces done here, none left" + (aside.Count > 0
            ? $"; {aside.Count} set aside: 'vestige work {name} --again' tries them anew" : $"; 'vestige finish {name}' makes the result"));
        return aside.Count > 0 ? ExitStatus.Data : ExitStatus.Done;
    }

    /// <summary>Where to begin: tasks of an array far from one another, whatever their number; other workers anywhere.</summary>
    private static int Start(string worker, int pieces)
    {
        const double golden = 0.6180339887498949;
        if (pieces == 0) return 0;
        string? task = s_numbers.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => value is not null);
        double share = long.TryParse(task, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number * golden : new Rng(Rng.Mix(0, worker)).NextDouble();
        return (int)(Math.Abs(share % 1) * pieces);
    }

    private static void TakeBack(FleetFolder folder, FleetPlan plan)
    {
        Dictionary<string, int> attempts = LeaseBoard.AttemptsOf(folder);
        foreach (PlannedPiece piece in plan.Pieces.Where(piece => folder.Has(FleetFolder.Aside + piece.Key)))
        {
            for (int attempt = 1; attempt <= attempts.GetValueOrDefault(piece.Key); attempt++) folder.Delete(Lease.NameOf(piece.Key, attempt));
            folder.Delete(FleetFolder.Aside + piece.Key);
        }
    }
}
