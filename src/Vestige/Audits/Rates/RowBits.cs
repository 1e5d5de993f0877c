using Vestige.Audits.Documents;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Audits.Rates;

/// <summary>What the rows cost (design section 4), from the sizes of coded documents.</summary>
/// <param name="documents">The documents.</param>
/// <param name="lossless">The parrot's row: what it stores is the best lossless code at hand.</param>
/// <param name="altered">What was done to the items before they were coded, so that the user's files are no measure of them; else null.</param>
internal sealed class RowBits<TItem>(SeenDocuments<TItem> documents, AuditedRow<TItem> lossless, string? altered)
{
    private readonly string _unit = "bits/" + documents.Medium.SizeUnit;

    internal Bits Of(AuditedRow<TItem> row)
    {
        if (row.Codec is null)
        {
            return new Bits
            {
                Rate = Figure.NotMeasurable("this row stores nothing of its own") with { Unit = _unit },
                DescriptionBytes = row.Compressed.DescriptionBytes,
            };
        }
        var all = new Sums();
        var beside = new Sums();
        int failures = 0;
        for (int i = 0; i < documents.Own; i++)
        {
            if (!documents.Usable(i)) continue;
            long bytes = documents.Outcome(row, i).Bytes, stored = documents.Outcome(lossless, i).Bytes;
            if (bytes < 0) failures++;
            else all.Add(bytes, documents.Size(i), documents.Entries[i].Info.Bytes, 0);
            if (bytes > 0 && stored > 0) beside.Add(bytes, 0, stored, Math.Log((double)bytes / stored));
        }
        if (all.Total.Size == 0) return new Bits { Rate = Figure.NotMeasurable("no document could be coded") with { Unit = _unit }, Failures = failures };
        return new Bits
        {
            Rate = all.Ratio(s => s.Bytes / s.Size, ratio => 8 * ratio) with { Unit = _unit },
            Saving = altered is not null ? Figure.NotMeasurable($"the items were {altered}: the files as they are hold something else")
                : all.Total.Other == 0 ? Figure.NotMeasurable("the source is not stored in files")
                : all.Ratio(s => s.Bytes / s.Other, ratio => 1 - ratio),
            SavingLossless = beside.Documents == 0 ? NoLossless() : beside.Ratio(s => s.Bytes / s.Other, ratio => 1 - ratio),
            RatioToLossless = beside.Documents == 0 ? NoLossless() : beside.Ratio(s => s.Logs / s.Documents, Math.Exp) with { Unit = "ratio" },
            CodedBytes = (long)all.Total.Bytes,
            DescriptionBytes = (long)all.Total.Bytes + (row.Compressed.DescriptionBytes ?? 0),
            Failures = failures,
        };
    }

    /// <summary>What the parrot costs where coders take T as a whole: T as the best of them stores it.</summary>
    internal static Bits StoredBy(LosslessCode coder, LosslessCodes codes) => new()
    {
        Rate = coder.Training,
        // Of a part no more is known than its rate.
        DescriptionBytes = codes.TrainingBytes == codes.OfTraining ? (long)Math.Round(coder.Training.Value!.Value * codes.TrainingBytes / 8) : null,
    };

    /// <summary>Bytes of all usable documents in the best lossless code; null where it could not take some.</summary>
    internal long? LosslessBytes()
    {
        long bytes = 0;
        for (int i = 0; i < documents.Own; i++)
        {
            if (!documents.Usable(i)) continue;
            if (documents.Outcome(lossless, i).Bytes < 0) return null;
            bytes += documents.Outcome(lossless, i).Bytes;
        }
        return bytes;
    }

    /// <summary>How fast a codec was on all that it could take; null for what is no codec.</summary>
    internal Speed? SpeedOf(AuditedRow<TItem> row)
    {
        if (row.Codec is null) return null;
        double size = 0, encode = 0, decode = 0;
        for (int i = 0; i < documents.Own; i++)
        {
            Outcome outcome = documents.Outcome(row, i);
            if (!documents.Usable(i) || outcome.Bytes < 0) continue;
            size += documents.Size(i);
            encode += outcome.EncodeSeconds;
            decode += outcome.DecodeSeconds;
        }
        return new Speed(row.Name, Rate(size, encode), Rate(size, decode));
    }

    private static double? Rate(double size, double seconds) => seconds > 0 ? size / 1e6 / seconds : null;

    private static Figure NoLossless() => Figure.NotMeasurable("no document could be coded without loss");

    /// <summary>Sums over documents, or over those that a jackknife leaves.</summary>
    /// <param name="Bytes">Coded bytes.</param>
    /// <param name="Size">Size units.</param>
    /// <param name="Other">Bytes of what they are compared with.</param>
    /// <param name="Logs">Logarithms of the documents' ratios.</param>
    /// <param name="Documents">How many.</param>
    private readonly record struct Sum(double Bytes, double Size, double Other, double Logs, int Documents)
    {
        internal Sum Plus(Sum other, int sign) => new(Bytes + (sign * other.Bytes), Size + (sign * other.Size),
            Other + (sign * other.Other), Logs + (sign * other.Logs), Documents + (sign * other.Documents));
    }

    private sealed class Sums
    {
        private readonly Sum[] _groups = new Sum[Jackknife.MaxGroups];

        internal Sum Total { get; private set; }

        internal int Documents => Total.Documents;

        internal void Add(double bytes, double size, double other, double log)
        {
            // Documents come in the random order in which they were dealt.
            int group = Jackknife.GroupOf(Documents, Jackknife.MaxGroups);
            var sum = new Sum(bytes, size, other, log, 1);
            _groups[group] = _groups[group].Plus(sum, +1);
            Total = Total.Plus(sum, +1);
        }

        /// <summary>A ratio of sums with its interval, carried through a monotone function for people.</summary>
        internal Figure Ratio(Func<Sum, double> ratio, Func<double, double> show)
        {
            int groups = Jackknife.Groups(Documents);
            double[] replicates = [.. _groups.Take(groups).Select(group => ratio(Total.Plus(group, -1)))];
            Spread? spread = Jackknife.Combine([Jackknife.Variance(replicates)], [groups]);
            double value = ratio(Total);
            double? one = spread is { } s ? show(value - s.HalfWidth) : null, other = spread is { } t ? show(value + t.HalfWidth) : null;
            return new Figure
            {
                Value = show(value),
                Low = one < other ? one : other,
                High = one < other ? other : one,
                Why = spread is null ? Jackknife.NoInterval($"{Documents} documents") : null,
            };
        }
    }
}
