using System.Diagnostics;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Worlds;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Worlds;

namespace Vestige.Benchmarks;

/// <summary>How long the exact ledgers of language models on world:facts take: all true sentences and all well-formed false ones.</summary>
internal static class WorldBench
{
    internal static void Facts(string[] specs)
    {
        const int units = 2000;
        var world = (IWorld<Passage>)TextWorlds.Facts.Open($"facts:documents={4 * units}", 1);
        var training = new Training<Passage>([.. Enumerable.Range(0, units).Select(i => new Entry<Passage>(world, i))], 1);
        HashSet<int> known = [.. Enumerable.Range(0, units).Select(i => world.NumberOf(world.Read(i)[0]))];
        Console.WriteLine($"{((FactsWorld)world).Facts.WellFormed.Count:N0} sentences, {Environment.ProcessorCount} threads");
        double all = 0;
        foreach (Spec spec in specs.SelectMany(text => Spec.Parse(text, [.. TextWorlds.Facts.Compressors])))
        {
            long start = Stopwatch.GetTimestamp();
            var model = (IDensity<Passage>)((CompressorRow<Passage>)spec.Row).Create(spec).Compress(training, null, CancellationToken.None);
            double trained = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            Masses masses = world.Enumerate(model, null, CancellationToken.None)!;
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            all += seconds;
            Console.WriteLine($"{spec.Name}: trained in {trained:0.0} s, summed in {seconds:0.00} s; in T "
                + $"{masses.Items.Where((_, x) => known.Contains(x)).Sum():0.0000}, true {masses.Items.Sum():0.0000}, confabulated "
                    + $"{masses.Falsehoods[0]:0.0000}, left out {masses.Error:0.0e+0}");
        }
        Console.WriteLine($"all sums: {all:0.0} s");
    }
}
