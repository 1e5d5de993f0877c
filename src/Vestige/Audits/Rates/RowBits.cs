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
        GroupedSums all = new(3), beside = new(4);
        long coded = 0;
        bool filed = false;
        int failures = 0;
        for (int i = 0; i < documents.Own; i++)
        {
            if (!documents.Usable(i)) continue;
            long bytes = documents.Outcome(row, i).Bytes, stored = documents.Outcome(lossless, i).Bytes;
            if (bytes < 0) failures++;
            else
            {
                long file = documents.Entries[i].Info.Bytes;
                all.Add(bytes, documents.Size(i), file);
                coded += bytes;
                filed |= file != 0;
            }
            if (bytes > 0 && stored > 0) beside.Add(bytes, stored, Math.Log((double)bytes / stored), 1);
        }
        if (all.Documents == 0) return new Bits { Rate = Figure.NotMeasurable("no document could be coded") with { Unit = _unit }, Failures = failures };
        return new Bits
        {
            Rate = Ratio(all, s => 8 * s[0] / s[1]) with { Unit = _unit },
            Saving = altered is not null ? Figure.NotMeasurable($"the items were {altered}: the files as they are hold something else")
                : !filed ? Figure.NotMeasurable("the source is not stored in files")
                : Ratio(all, s => 1 - (s[0] / s[2])),
            SavingLossless = beside.Documents == 0 ? NoLossless() : Ratio(beside, s => 1 - (s[0] / s[1])),
            RatioToLossless = beside.Documents == 0 ? NoLossless() : Ratio(beside, s => s[2] / s[3], Math.Exp) with { Unit = "ratio" },
            CodedBytes = coded,
            DescriptionBytes = coded + (row.Compressed.DescriptionBytes ?? 0),
            Failures = failures,
        };
    }

    /// <summary>What the parrot costs where coders take T as a whole: T as the best of them stores it.</summary>
    internal static Bits StoredBy(CoderResult coder, CoderResults codes) => new()
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

    private static Figure Ratio(GroupedSums sums, Func<double[], double> ratio, Func<double, double>? show = null) =>
        FunctionOfSums.Estimate(totals => ratio(totals[0]), sums).Figure(show);

    private static Figure NoLossless() => Figure.NotMeasurable("no document could be coded without loss");
}
