using Vestige.Compressors;
using Vestige.Numerics;

namespace Vestige.Calibrations;

/// <summary>Runs estimators over worlds, oracles, sizes and seeds, and holds what comes out against the gates.</summary>
public static class Calibration
{
    /// <summary>Runs all experiments.</summary>
    /// <param name="experiments">What to run.</param>
    /// <param name="share">Share of the seeds that the design asks for; 1 for the full proof.</param>
    /// <param name="seed">Base of all seeds.</param>
    /// <param name="threads">Threads; no figure depends on it.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>One cell an estimand, in the order of the experiments.</returns>
    public static IReadOnlyList<Cell> Run(
        IReadOnlyList<Experiment> experiments, double share, ulong seed, int threads, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        var cells = new List<Cell>();
        double total = experiments.Sum(e => Seeds(e, share)), done = 0;
        foreach (Experiment experiment in experiments)
        {
            int seeds = Seeds(experiment, share);
            double before = done;
            Cell[] judged = Judge(experiment, Rng.Mix(seed, experiment.World + experiment.Oracle + experiment.Units), seeds, threads, false,
                d => progress?.Report(new WorkProgress($"{experiment.World} {experiment.Oracle}", (before + (d * seeds)) / total)), cancel);
            if (judged.Any(c => c.Verdict == Verdict.Fails))
            {
                // A gate at 99 % fails once in a hundred cells by chance alone; new seeds tell.
                Cell[] again = Judge(experiment, Rng.Mix(seed, "again" + experiment.World + experiment.Oracle + experiment.Units), seeds, threads, true, _ => { }, cancel);
                for (int i = 0; i < judged.Length; i++)
                {
                    if (judged[i].Verdict == Verdict.Fails) judged[i] = again[i];
                }
            }
            cells.AddRange(judged);
            done += seeds;
        }
        return cells;
    }

    private static int Seeds(Experiment experiment, double share) => Math.Max(20, (int)Math.Round(experiment.Seeds * share));

    private static Cell[] Judge(
        Experiment experiment, ulong seed, int seeds, int threads, bool again, Action<double> report, CancellationToken cancel)
    {
        var runs = new IReadOnlyList<Outcome>[seeds];
        int done = 0;
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, i =>
        {
            runs[i] = experiment.Run(Rng.Mix(seed, (ulong)i));
            report((double)Interlocked.Increment(ref done) / seeds);
        });
        return [.. Enumerable.Range(0, runs[0].Count).Select(e => Gates.Judge(experiment, [.. runs.Select(r => r[e])], again))];
    }
}
