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
    internal static Bits Of<TItem>(Bits bits, IDensity<TItem> density, Samples<TItem> samples, ulong seed, CancellationToken cancel)
    {
        Score[] training = [.. Scores(density, samples.Training, cancel)], heldOut = [.. Scores(density, samples.HeldOut, cancel)];
        (double t, double[] leaveT) = Rate(training);
        (double h, double[] leaveH) = Rate(heldOut);
        int groupsT = leaveT.Length, groupsH = leaveH.Length;
        double varianceT = Jackknife.Variance(leaveT), varianceH = Jackknife.Variance(leaveH);
        Figure own = density is IGenerator<TItem> generator ? Entropy(density, generator, samples, seed, cancel)
            : Figure.NotMeasurable("this model cannot be sampled");
        string unit = bits.Rate.Unit;
        // Of all of T, of which the first documents were scored.
        double size = training.Sum(score => score.Size) * Samples<TItem>.UnitsOf(samples.Training) / training.Sum(score => score.Units);
        Spread? gap = Jackknife.Combine([varianceT, varianceH], [groupsT, groupsH]);
        Figure Make(double value, Spread? spread) => Measured(value, spread) with { Unit = unit };
        bits = bits with
        {
            Rate = Make(h, Jackknife.Combine([varianceH], [groupsH])),
            RateIsIdeal = true,
            RatePerCharacter = PerCharacter(heldOut),
            CodeLengthTraining = Make(t, Jackknife.Combine([varianceT], [groupsT])),
            CodeLengthHeldOut = Make(h, Jackknife.Combine([varianceH], [groupsH])),
            GeneralizationGap = Make(h - t, gap),
            MemorizedBits = Measured((h - t) * size, gap is { } spread ? new Spread(spread.Error * size, spread.HalfWidth * size) : null) with { Unit = "bits" },
            ExchangeChance = double.IsFinite(h - t) ? Exchange(training, heldOut, seed) : null,
            EntropyOfSamples = own with { Unit = unit },
        };
        return density is IFileCoder<TItem> coder ? Files(bits, coder, samples.HeldOut, unit, cancel) : bits;
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
        Figure Rated(List<Score> scores)
        {
            (double rate, double[] leave) = Rate([.. scores]);
            return Measured(rate, Jackknife.Combine([Jackknife.Variance(leave)], [leave.Length])) with { Unit = unit };
        }

        return bits with { Files = coded.Count, FileRate = Rated(coded), FileIdeal = Rated(ideal) };
    }

    private readonly record struct Score(double Bits, double Size, long? Characters, int Units, int Cluster);

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

    private static IEnumerable<Score> Scores<TItem>(IDensity<TItem> density, List<Part<TItem>> parts, CancellationToken cancel)
    {
        int left = MostUnits;
        foreach (Part<TItem> part in parts)
        {
            cancel.ThrowIfCancellationRequested();
            if (left <= 0) yield break;
            TItem[] items = [.. part.Entry.Source.Read(part.Entry.Document).Take(Math.Min(part.Items, left))];
            left -= items.Length;
            yield return Of(density, part.Entry.Source, items) with { Cluster = part.Cluster };
        }
    }

    private static Score Of<TItem>(IDensity<TItem> density, ISource<TItem> source, IReadOnlyList<TItem> items) =>
        new(-density.Log2Probabilities(items).Sum(), items.Sum(item => (double)source.SizeOf(item)), Characters(source, items), items.Count, 0);

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
        (double rate, double[] leave) = Rate([.. scores.Select(score => score with { Size = score.Characters!.Value })]);
        return Measured(rate, Jackknife.Combine([Jackknife.Variance(leave)], [leave.Length])) with { Unit = "bits/character" };
    }

    private static Figure Entropy<TItem>(
        IDensity<TItem> density, IGenerator<TItem> generator, Samples<TItem> samples, ulong seed, CancellationToken cancel)
    {
        ISource<TItem> source = samples.Training[0].Entry.Source;
        int units = Math.Min(MostUnits, samples.Units);
        Score[] scores = [.. generator.Sample(units, Rng.Mix(seed, "entropy"), null, cancel).Select(items => Of(density, source, items))];
        (double rate, double[] leave) = Rate(scores);
        return Measured(rate, Jackknife.Combine([Jackknife.Variance(leave)], [leave.Length]));
    }

    /// <summary>Bits over size, and the same with each group of documents left out.</summary>
    private static (double Rate, double[] Leave) Rate(Score[] documents)
    {
        int groups = Jackknife.Groups(documents.Length);
        double bits = documents.Sum(d => d.Bits), size = documents.Sum(d => d.Size);
        double[] leave = new double[groups];
        for (int j = 0; j < groups; j++)
        {
            double lessBits = 0, lessSize = 0;
            for (int d = 0; d < documents.Length; d++)
            {
                if (Jackknife.GroupOf(d, groups) != j) continue;
                lessBits += documents[d].Bits;
                lessSize += documents[d].Size;
            }
            leave[j] = (bits - lessBits) / (size - lessSize);
        }
        return (bits / size, leave);
    }

    private static Figure Measured(double value, Spread? spread) => double.IsFinite(value)
        ? new Figure { Value = value, Low = value - spread?.HalfWidth, High = value + spread?.HalfWidth }
        : Figure.NotMeasurable("the model gives a real item probability 0: its code length is infinite");
}
