using System.Globalization;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Copies;

/// <summary>Generators that give back text of T word for word, more than fresh real text has in common with it.</summary>
internal static class Copied
{
    /// <summary>A share that would be said to be .00 beside a floor of .00 is no news.</summary>
    private const double Least = 0.005;

    /// <summary>The same of too few documents for an interval.</summary>
    private const double LeastOfFew = 0.05;

    /// <summary>From this share of its text on it is told that a part is too short.</summary>
    private const double LeastShort = 0.01;

    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        foreach (Row[] family in Rung.Families(result.Rows.Where(row => row is { Named: true, IsCodec: false, Copying: { } copying } && IsNews(copying.Copied))))
        {
            var rung = new Rung(family);
            Row longest = family.MaxBy(row => row.Copying!.LongestMatch)!;
            string part = family.Max(row => row.Copying!.TooShort) is > LeastShort and var shorter
                ? $" in documents of {CopyReport.CopiedCharacters} characters or more ({(rung.IsOne ? "" : "at least ")}{Words.Percent(1 - shorter)} of its text)" : "";
            yield return new Finding("copied", rung.Row, string.Create(CultureInfo.InvariantCulture,
                $"{rung.Shares(row => row.Copying!.Copied)} of what {rung.Name} {rung.Verb("say", "says")}{part} stands word for word in the training "
                    + $"{result.Source.Items}, {CopyReport.CopiedCharacters} characters or more on end; of fresh real text "
                        + $"{Words.Share(family[0].Copying!.Copied.Floor ?? 0)}. The longest copy has {longest.Copying!.LongestMatch} "
                            + $"characters{(rung.IsOne ? "" : $" ({longest.Label})")}."));
        }
    }

    /// <summary>What stands there word for word stands there, whatever few documents say of others: without an interval the sentence is of these texts alone.</summary>
    private static bool IsNews(Figure copied) => copied.Low is null ? copied.Value - (copied.Floor ?? 0) >= LeastOfFew
        : Readings.IsAboveFloor(copied) && copied.Value - (copied.Floor ?? 0) >= Least;
}
