using BenchmarkDotNet.Attributes;
using Vestige.Estimators;
using Vestige.Numerics;
using Vestige.Samples;

namespace Vestige.Benchmarks;

/// <summary>Counting and E1 on a million atoms against a million; allocated bytes over distinct atoms is the memory an atom takes.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 1, iterationCount: 5)]
public class AtomBenchmarks
{
    private readonly AtomSample _heldOut = Draw(1), _generated = Draw(2), _empty = new();

    /// <summary>lost_n alone: count both samples, tally, evaluate.</summary>
    [Benchmark]
    public double LostAtResolutionN()
    {
        AtomTable table = AtomTable.Count(_empty, _heldOut, _empty, _generated);
        var tally = new AtomTally(table);
        return ResolutionN.Missing(tally.HeldOutByGenerated, _generated.Units, ResolutionN.For(_generated.Units));
    }

    /// <summary>The whole ledger of four such samples with its jackknife and permutations.</summary>
    [Benchmark]
    public object WholeLedger() => AtomLedger.Estimate(_generated, _heldOut, _generated, _generated,
        new AtomLedger.Plan("bench", "atom", ResolutionN.For(_generated.Units), false, true, 1));

    /// <summary>10,000 units of 100 distinct atoms each, nearly all different: the most atoms a count can meet.</summary>
    private static AtomSample Draw(ulong seed)
    {
        var rng = new Rng(seed);
        var sample = new AtomSample();
        var atoms = new HashSet<ulong>();
        for (int unit = 0; unit < 10_000; unit++)
        {
            atoms.Clear();
            while (atoms.Count < 100) atoms.Add((ulong)(1e7 * Math.Pow(rng.NextDouble(), 2)));
            sample.Add(unit, atoms);
        }
        return sample;
    }
}
