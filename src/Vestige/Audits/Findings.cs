using System.Globalization;
using Vestige.Results;

namespace Vestige.Audits;

/// <summary>From figures to the few sentences that matter.</summary>
internal static class Findings
{
    /// <summary>A share smaller than this is not worth a sentence.</summary>
    private const double Notable = 0.05;

    internal static IReadOnlyList<Finding> Of(SourceInfo source, IReadOnlyList<Row> rows)
    {
        var findings = new List<Finding>();
        string? why = rows.Count > 0 && rows.All(row => row.Why == rows[0].Why) ? rows[0].Why : null;
        if (why is not null) findings.Add(new Finding("no-ledger", null, Sentence(why)));
        if (source.Usable < source.Documents)
            findings.Add(new Finding("unusable", null, $"{source.Documents - source.Usable} of {source.Documents} files could not be used and are in no figure."));
        if (source.Copies > 0)
            findings.Add(new Finding("copies", null, source.Copies == 1
                ? "1 file is a copy of another and counts as its weight."
                : $"{source.Copies} files are copies of others and count as their weight."));
        foreach (Row row in rows)
        {
            if (row.Bits.Failures > 0)
                findings.Add(new Finding("failures", row.Name, $"{row.Label} could not take {row.Bits.Failures} of {source.Usable} files."));
            if (why is null && row.Why is not null) findings.Add(new Finding("no-ledger", row.Name, $"{row.Label}: {row.Why}."));
            if (row is { Named: true, Exact: { } exact }) findings.Add(new Finding("exact", row.Name, Exactly(row, exact)));
            if (row.Ledgers.Count == 0) continue;
            Ledger ledger = row.Ledgers[0];
            if (!row.Named)
            {
                Check(row, ledger, findings);
                continue;
            }
            string things = Plural(ledger.Thing);
            bool lost = Clearly(ledger.Lost), invented = Clearly(ledger.Hallucinated);
            if (lost)
            {
                string also = invented ? $", and {Share(ledger.Hallucinated)} of those it produces are like none in real {source.Items}" : "";
                findings.Add(new Finding("lost", row.Name, $"{row.Label} no longer produces {Share(ledger.Lost)} of the {things} in the held-out {source.Items}{also}."));
            }
            else if (invented)
            {
                findings.Add(new Finding("hallucinated", row.Name, $"{Capital(Share(ledger.Hallucinated))} of the {things} that {row.Label} produces are like none in real {source.Items}."));
            }
            else if (ledger.Lost.IsMeasured && ledger.Hallucinated.IsMeasured)
            {
                findings.Add(new Finding("faithful", row.Name, $"{row.Label} loses and invents no more {things} than fresh real {source.Items} would seem to."));
            }
            if (!row.IsCodec && row.Copying is { } copying) Copying(row, copying, source, findings);
            if (!row.IsCodec && Clearly(Above(ledger.Memorized)))
            {
                findings.Add(new Finding("memorized", row.Name, string.Create(CultureInfo.InvariantCulture,
                    $"{Capital(Share(ledger.Memorized))} of the {things} that {row.Label} produces are those of its training {source.Items}; of fresh real ones {100 * Math.Max(0, ledger.Memorized.Floor ?? 0):0} %.")));
            }
        }
        return findings;
    }

    /// <summary>What is known of a row, and how far off its estimate is.</summary>
    private static string Exactly(Row row, Exact exact)
    {
        string Of(IReadOnlyList<SharePart> parts) => parts.Count == 0 ? ""
            : $" ({string.Join(", ", parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} {part.Share.Value:0.000}")))})";
        string text = string.Create(CultureInfo.InvariantCulture,
            $"{row.Label}: exactly, hallucinated is {exact.Hallucinated.Value:0.000}{Of(exact.HallucinatedParts)}, generalized {exact.Generalized.Value:0.000}{Of(exact.GeneralizedParts)}");
        if (exact.Originals.FirstOrDefault(part => part.Name == "another") is { } another)
            text += string.Create(CultureInfo.InvariantCulture, $", and {another.Share.Value:0.000} of what is put in comes back as something else of its kind");
        Agreement? judged = exact.Agreements.FirstOrDefault(agreement => agreement.Figure == "hallucinated");
        return judged?.Difference is { } off
            ? text + string.Create(CultureInfo.InvariantCulture,
                $". The estimate of hallucinated is off by {off:+0.000;-0.000;0.000}{(judged.Inside is { } inside ? inside ? ", within its interval" : ", outside its interval" : "")}.")
            : text + ".";
    }

    /// <summary>The yardstick must score like what it is; where it does not, no row can be trusted at this size.</summary>
    private static void Check(Row row, Ledger ledger, List<Finding> findings)
    {
        if (row.Kind != RowKind.Yardstick) return;
        foreach ((string name, Figure figure) in new[] { ("lost", ledger.Lost), ("hallucinated", ledger.Hallucinated) })
        {
            if (figure is { Low: { } low, High: { } high } && (low > 0 || high < 0))
            {
                findings.Add(new Finding("yardstick", row.Name, string.Create(CultureInfo.InvariantCulture,
                    $"The yardstick, which is real, scores {name} {figure.Value:0.00} instead of 0: read differences of that size in other rows as noise.")));
            }
        }
    }

    /// <summary>A share above its floor: what it has that fresh real items have not.</summary>
    private static Figure Above(Figure figure) => figure with { Value = figure.Value - (figure.Floor ?? 0), Low = figure.Low - (figure.Floor ?? 0) };

    private static bool Clearly(Figure figure) => figure.Value >= Notable && (figure.Low ?? figure.Value) > 0;

    /// <summary>A share in words a person would use.</summary>
    internal static string Share(Figure figure)
    {
        double x = figure.Value!.Value;
        return x switch
        {
            >= 0.97 => "nearly all",
            >= 0.87 => "about nine in ten",
            >= 0.77 => "about four fifths",
            >= 0.71 => "about three quarters",
            >= 0.62 => "about two thirds",
            >= 0.55 => "more than half",
            >= 0.45 => "about half",
            >= 0.37 => "about two fifths",
            >= 0.30 => "about a third",
            >= 0.225 => "about a quarter",
            >= 0.17 => "about a fifth",
            >= 0.12 => "about one in seven",
            >= 0.085 => "about a tenth",
            _ => "about one in " + Math.Round(1 / x).ToString(CultureInfo.InvariantCulture),
        };
    }

    private static void Copying(Row row, CopyReport copying, SourceInfo source, List<Finding> findings)
    {
        if (!Clearly(Above(copying.Copied))) return;
        string extracted = row.Extraction is { Difference.Low: > 0 } e ? $" {e.TrainingExact} of {e.TrainingTried} training passages come out of it when their start is given." : "";
        findings.Add(new Finding("copied", row.Name, string.Create(CultureInfo.InvariantCulture,
            $"{Capital(Share(copying.Copied))} of what {row.Label} says stands word for word in its training {source.Items}, {CopyReport.CopiedCharacters} characters or more on end; of fresh real text {100 * (copying.Copied.Floor ?? 0):0.#} %.{extracted}")));
    }

    private static string Plural(string thing) => thing + "s";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Sentence(string text) => Capital(text) + ".";
}
