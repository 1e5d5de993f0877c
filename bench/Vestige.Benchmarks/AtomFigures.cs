using System.Diagnostics;
using Vestige.Estimators.Atoms;
using Vestige.Numerics;
using Vestige.Samples;

namespace Vestige.Benchmarks;

/// <summary>Counting three samples of a million atoms on one thread, one row against them, and the whole ledger of four such samples.</summary>
internal static class AtomFigures
{
    private const int Units = 10_000, AtomsPerUnit = 100, Rounds = 5;

    internal static void Run()
    {
        AtomSample heldOut = Draw(1), generated = Draw(2), training = Draw(3), floor = Draw(4);
        int n = ResolutionN.For(generated.Units);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var references = new AtomReferences(training, heldOut, floor, n);
        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"three samples of {Units * AtomsPerUnit:N0} atoms: {references.Index.Count:N0} distinct");
        Console.WriteLine($"memory of the count: {(double)bytes / references.Index.Count:0} bytes a distinct atom, the samples themselves 8 an incidence");
        Time("T, H and A counted, once for all rows", () => _ = new AtomReferences(training, heldOut, floor, n));
        Time("a row: G counted, jackknife and permutations", () => AtomLedger.Estimate(references, generated,
            new AtomLedger.Plan("bench", "atom", n, false, true, 1)));
        GC.KeepAlive(references);
        Time("whole ledger, jackknife and permutations", () => AtomLedger.Estimate(training, heldOut, floor, generated,
            new AtomLedger.Plan("bench", "atom", ResolutionN.For(generated.Units), false, true, 1)));
    }

    private static void Time(string what, Action action)
    {
        double[] seconds = new double[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Array.Sort(seconds);
        Console.WriteLine($"{what}: best {seconds[0]:0.000} s, median {seconds[Rounds / 2]:0.000} s of {Rounds}");
    }

    /// <summary>Units of distinct atoms each, nearly all different: the most atoms a count can meet.</summary>
    private static AtomSample Draw(ulong seed)
    {
        var rng = new Rng(seed);
        var sample = new AtomSample();
        var atoms = new HashSet<ulong>();
        for (int unit = 0; unit < Units; unit++)
        {
            atoms.Clear();
            while (atoms.Count < AtomsPerUnit) atoms.Add((ulong)(1e7 * Math.Pow(rng.NextDouble(), 2)));
            sample.Add(unit, atoms);
        }
        return sample;
    }
}
