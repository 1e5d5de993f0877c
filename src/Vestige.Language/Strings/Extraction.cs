using Vestige.Compressors;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Language.Strings;

/// <summary>Tries to get T out of a model (Carlini et al. 2021): greedy continuations of 50-byte prefixes, against those of H.</summary>
public static class Extraction
{
    // Two-sided 95 % of a normal distribution.
    private const double Quantile = 1.959963984540054;

    /// <summary>Tries.</summary>
    /// <param name="model">The model.</param>
    /// <param name="training">T.</param>
    /// <param name="heldOut">H.</param>
    /// <param name="most">At most so many passages of each, spread evenly over its passages.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExtractionReport Try(ITextCompleter model, IReadOnlyList<Entry<Passage>> training, IReadOnlyList<Entry<Passage>> heldOut,
        int most, IProgress<Advance>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        List<ReadOnlyMemory<byte>> seen = Starts(training, most), unseen = Starts(heldOut, most);
        const int prefix = ExtractionReport.PrefixBytes, length = ExtractionReport.ContinuationBytes;
        byte[][] said = model.Complete([.. seen.Concat(unseen).Select(start => start[..prefix])], length, new Share(progress), cancel);
        bool IsExact(ReadOnlyMemory<byte> start, int i) => start.Span[prefix..].SequenceEqual(said[i]);
        int seenExact = seen.Where(IsExact).Count(), unseenExact = unseen.Where((start, i) => IsExact(start, seen.Count + i)).Count();
        return new ExtractionReport
        {
            TrainingTried = seen.Count,
            TrainingExact = seenExact,
            HeldOutTried = unseen.Count,
            HeldOutExact = unseenExact,
            Difference = Difference(seenExact, seen.Count, unseenExact, unseen.Count),
        };
    }

    /// <summary>The difference of two shares, with Newcombe's interval (1998, method 10): from Wilson's interval of each.</summary>
    internal static Figure Difference(int count1, int of1, int count2, int of2)
    {
        if (of1 == 0 || of2 == 0)
            return Figure.NotMeasurable($"no passage has {ExtractionReport.PrefixBytes + ExtractionReport.ContinuationBytes} bytes");
        (double p1, double low1, double high1) = Wilson(count1, of1);
        (double p2, double low2, double high2) = Wilson(count2, of2);
        double Length(double a, double b) => Math.Sqrt((a * a) + (b * b));
        return new Figure { Value = p1 - p2, Low = p1 - p2 - Length(p1 - low1, high2 - p2), High = p1 - p2 + Length(high1 - p1, p2 - low2) };
    }

    private static (double Share, double Low, double High) Wilson(int count, int of)
    {
        double n = of, p = count / n, z = Quantile;
        double centre = p + (z * z / (2 * n)), half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n))), scale = 1 + (z * z / n);
        return (p, (centre - half) / scale, (centre + half) / scale);
    }

    // The first 100 bytes of passages, each so many passages after the one before.
    private static List<ReadOnlyMemory<byte>> Starts(IReadOnlyList<Entry<Passage>> documents, int most)
    {
        const int length = ExtractionReport.PrefixBytes + ExtractionReport.ContinuationBytes;
        long passages = documents.Sum(document => (long)document.Info.Units), before = 0, taken = 0;
        long wanted = Math.Min(most, passages);
        List<ReadOnlyMemory<byte>> starts = [];
        foreach (Entry<Passage> document in documents)
        {
            List<int> chosen = [];
            for (; taken < wanted && taken * passages / wanted < before + document.Info.Units; taken++)
                chosen.Add((int)((taken * passages / wanted) - before));
            before += document.Info.Units;
            if (chosen.Count == 0) continue;
            foreach (IReadOnlyList<Passage> read in DocumentText.Read([document]))
                starts.AddRange(chosen.Where(i => i < read.Count && read[i].Length >= length).Select(i => read[i].Bytes[..length]));
        }
        return starts;
    }

    private sealed class Share(IProgress<Advance>? progress) : IProgress<double>
    {
        public void Report(double value) => progress?.Report(new Advance("continuing prefixes", value));
    }
}
