using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Figures;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits.Rates;

/// <summary>What a density says of real items and of its own: ideal code lengths, their gap, and the entropy of q (design section 4).</summary>
internal static class CodeLengths
{
    /// <summary>Units of a sample that are scored: a model's own time, spent on the first of the documents as they were dealt.</summary>
    internal const int MostUnits = 500;

    /// <summary>Units whose files are made, and of one document: coding costs a model as much time again as scoring.</summary>
    private const int MostFiled = 64, MostOfOne = 8;

    private const int Exchanges = 999;

    /// <summary>Adds them to a row's bits.</summary>
    /// <returns>The bits, and what each document that was scored has of them.</returns>
    internal static (Bits Bits, IReadOnlyList<ItemFigure> Items) Of<TItem>(string row, Bits bits, IDensity<TItem> density, Samples<TItem> samples, ulong seed,
        IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var done = new Meter(progress, $"scoring {row}", new[] { samples.Training, samples.HeldOut }.Sum(parts => Math.Min(MostUnits, Samples<TItem>.UnitsOf(parts)))
            + (density is IGenerator<TItem> ? Math.Min(MostUnits, samples.Units) : 0));
        Score[] training = [.. Scores(density, samples.Training, done, cancel)], heldOut = [.. Scores(density, samples.HeldOut, done, cancel)];
        GroupedSums t = Sums(training), h = Sums(heldOut);
        Figure own = density is IGenerator<TItem> generator ? Entropy(density, generator, samples, seed, done, cancel)
            : Figure.NotMeasurable("this model cannot be sampled");
        string unit = bits.Rate.Unit;
        // Of all of T, of which the first documents were scored.
        double size = training.Sum(score => score.Size) * Samples<TItem>.UnitsOf(samples.Training) / training.Sum(score => score.Units);
        Figure gap = Measured(s => Rate(s[1]) - Rate(s[0]), t, h);
        bits = bits with
        {
            Rate = Rated(h) with { Unit = unit },
            RateIsIdeal = true,
            RatePerCharacter = PerCharacter(heldOut),
            CodeLengthTraining = Rated(t) with { Unit = unit },
            CodeLengthHeldOut = Rated(h) with { Unit = unit },
            GeneralizationGap = gap with { Unit = unit },
            MemorizedBits = Measured(s => (Rate(s[1]) - Rate(s[0])) * size, t, h) with { Unit = "bits" },
            ExchangeChance = gap.IsMeasured ? Exchange(training, heldOut, seed) : null,
            EntropyOfSamples = own with { Unit = unit },
        };
        if (density is IFileCoder<TItem> coder) bits = Files(bits, coder, samples.HeldOut, unit, cancel);
        double real = Rate(h.Total());
        return (bits, [.. training.Select(score => ItemOf(row, "T", score, real)), .. heldOut.Select(score => ItemOf(row, "H", score, real))]);
    }

    private static ItemFigure ItemOf(string row, string sample, Score score, double real)
    {
        double memorized = (real * score.Size) - score.Bits;
        return new ItemFigure(score.Document, sample, row, (long)score.Size, null, null)
        {
            CodeLength = double.IsFinite(score.Bits) ? score.Bits : null,
            BitsMemorized = double.IsFinite(memorized) ? memorized : null,
        };
    }

    private static Bits Files<TItem>(Bits bits, IFileCoder<TItem> coder, List<Part<TItem>> parts, string unit, CancellationToken cancel)
    {
        List<Score> ideal = [], coded = [];
        for (int i = 0, left = MostFiled; i < parts.Count && left > 0; i++)
        {
            cancel.ThrowIfCancellationRequested();
            ISource<TItem> source = parts[i].Entry.Source;
            TItem[] items = [.. source.Read(parts[i].Entry.Document).Take(Math.Min(parts[i].Items, Math.Min(left, MostOfOne)))];
            left -= items.Length;
            Score score = Of(coder, source, items);
            ideal.Add(score);
            coded.Add(score with { Bits = 8.0 * coder.FileBytes(items, cancel) });
        }
        return bits with { Files = coded.Count, FileRate = Rated(Sums(coded)) with { Unit = unit }, FileIdeal = Rated(Sums(ideal)) with { Unit = unit } };
    }

    private sealed record Score(double Bits, double Size, long? Characters, int Units)
    {
        internal int Cluster { get; init; }

        internal string Document { get; init; } = "";
    }

    /// <summary>The chance that documents dealt at random into two samples differ so much, or more, in code length: exact, since they were so dealt. What stands
    /// in one sample together is exchanged together.</summary>
    private static double Exchange(Score[] training, Score[] heldOut, ulong seed)
    {
        (double Bits, double Size)[] groups = [.. Clusters(training), .. Clusters(heldOut)];
        int inTraining = Clusters(training).Count();
        double observed = Gap(groups, inTraining);
        var rng = Rng.For(seed, "exchange");
        int asMuch = 1;
        for (int i = 0; i < Exchanges; i++)
        {
            rng.Shuffle<(double, double)>(groups);
            if (Gap(groups, inTraining) >= observed) asMuch++;
        }
        return asMuch / (Exchanges + 1.0);

        static IEnumerable<(double Bits, double Size)> Clusters(Score[] scores) =>
            scores.GroupBy(score => score.Cluster).Select(group => (group.Sum(score => score.Bits), group.Sum(score => score.Size)));

        static double Gap((double Bits, double Size)[] groups, int first)
        {
            double bits = 0, size = 0, otherBits = 0, otherSize = 0;
            for (int i = 0; i < groups.Length; i++)
            {
                if (i < first) (bits, size) = (bits + groups[i].Bits, size + groups[i].Size);
                else (otherBits, otherSize) = (otherBits + groups[i].Bits, otherSize + groups[i].Size);
            }
            return (otherBits / otherSize) - (bits / size);
        }
    }

    private static IEnumerable<Score> Scores<TItem>(IDensity<TItem> density, List<Part<TItem>> parts, Meter done, CancellationToken cancel)
    {
        int left = MostUnits;
        foreach (Part<TItem> part in parts)
        {
            cancel.ThrowIfCancellationRequested();
            if (left <= 0) yield break;
            TItem[] items = [.. part.Entry.Source.Read(part.Entry.Document).Take(Math.Min(part.Items, left))];
            left -= items.Length;
            Score score = Of(density, part.Entry.Source, items) with { Cluster = part.Cluster, Document = part.Entry.Info.Name };
            done.Add(items.Length);
            yield return score;
        }
    }

    private static Score Of<TItem>(IDensity<TItem> density, ISource<TItem> source, IReadOnlyList<TItem> items) =>
        new(-density.Log2Probabilities(items).Sum(), items.Sum(item => (double)source.SizeOf(item)), Characters(source, items), items.Count);

    private static long? Characters<TItem>(ISource<TItem> source, IReadOnlyList<TItem> items)
    {
        long sum = 0;
        foreach (TItem item in items)
        {
            if (source.CharactersOf(item) is not { } characters) return null;
            sum += characters;
        }
        return sum;
    }

    private static Figure? PerCharacter(Score[] scores)
    {
        if (scores.Any(score => score.Characters is null) || scores.Sum(score => score.Characters) == 0) return null;
        return Rated(Sums(scores.Select(score => score with { Size = score.Characters!.Value }))) with { Unit = "bits/character" };
    }

    private static Figure Entropy<TItem>(
        IDensity<TItem> density, IGenerator<TItem> generator, Samples<TItem> samples, ulong seed, Meter done, CancellationToken cancel)
    {
        ISource<TItem> source = samples.Training[0].Entry.Source;
        int units = Math.Min(MostUnits, samples.Units);
        try
        {
            return Rated(Sums(generator.Sample(units, Rng.Mix(seed, "entropy"), null, cancel).Select(items =>
            {
                Score score = Of(density, source, items);
                done.Add(items.Count);
                return score;
            })));
        }
        catch (UnusableDocumentException silent)
        {
            // A generator that gives nothing may still say what real items cost.
            return Figure.NotMeasurable(silent.Message);
        }
    }

    private static GroupedSums Sums(IEnumerable<Score> scores)
    {
        var sums = new GroupedSums(2);
        foreach (Score score in scores) sums.Add(score.Bits, score.Size);
        return sums;
    }

    private static double Rate(double[] sums) => sums[0] / sums[1];

    private static Figure Rated(GroupedSums sums) => Measured(s => Rate(s[0]), sums);

    private static Figure Measured(Func<double[][], double> figure, params GroupedSums[] samples) => FunctionOfSums.Estimate(figure, samples)
        .Figure(infinite: "the model gives a real item probability 0: its code length is infinite");
}
