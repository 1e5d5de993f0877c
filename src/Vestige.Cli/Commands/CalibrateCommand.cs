using System.CommandLine;
using Vestige.Calibrations;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige calibrate</c>: the estimators on worlds whose truth is known.</summary>
internal static class CalibrateCommand
{
    internal static Command Create(Context context)
    {
        Option<bool> full = new("--full") { Description = "All worlds, sizes and seeds (up to an hour) instead of the short form." };
        Option<double> share = new("--share") { Description = "Share of the seeds of the design to run, above 0 and at most 1.", DefaultValueFactory = _ => 1 };
        Option<string?> only = new("--only") { Description = "Only experiments whose world or compressor holds this text." };
        Option<ulong> seed = CommonOptions.Seed();
        Option<int> threads = CommonOptions.Threads();
        var command = new Command("calibrate", """
            Runs the estimators on worlds whose truth is known, and prints where they hold.

            Examples:
              vestige calibrate                        the short form, under a minute
              vestige calibrate --full                 the whole proof, as in docs/calibration.md
              vestige calibrate --full --only temper   only what tempers
            """) { full, share, only, seed, threads };
        command.SetAction(parsed =>
        {
            double part = parsed.GetValue(share);
            if (!(part > 0 && part <= 1)) throw new UsageException($"--share {part}: it takes a number above 0 and at most 1");
            return Run(context, parsed.GetValue(full), part, parsed.GetValue(only), parsed.GetValue(seed), parsed.GetValue(threads));
        });
        return command;
    }

    private static int Run(Context context, bool full, double share, string? only, ulong seed, int threads)
    {
        IReadOnlyList<Experiment> plan = full ? [.. Plans.Full(), .. WorldPlans.Full()] : [.. Plans.Quick(), .. WorldPlans.Quick()];
        if (only is not null)
        {
            plan = [.. plan.Where(e => e.World.Contains(only, StringComparison.Ordinal) || e.Oracle.Contains(only, StringComparison.Ordinal))];
            if (plan.Count == 0) throw new UsageException($"--only {only}: no experiment's world or compressor holds this text");
        }
        IReadOnlyList<Cell> cells;
        using (ProgressLine progress = context.Output.Progress())
        {
            cells = Calibration.Run(plan, full ? share : share * Plans.QuickShare, seed, threads, progress, context.Cancel);
        }
        context.Output.Results.Write(CalibrationTable.Markdown(cells, context.CommandLine));
        return ExitStatus.Done;
    }
}
