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

    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        foreach (Row[] family in Rung.Families(result.Rows.Where(row => row is { Named: true, IsCodec: false, Copying: { } copying } && IsNews(copying.Copied))))
        {
            var rung = new Rung(family);
            Row longest = family.MaxBy(row => row.Copying!.LongestMatch)!;
            yield return new Finding("copied", rung.Row, string.Create(CultureInfo.InvariantCulture,
                $"{rung.Shares(row => row.Copying!.Copied)} of what {rung.Name} {rung.Verb("say", "says")} stands word for word in the training "
                    + $"{result.Source.Items}, {CopyReport.CopiedCharacters} characters or more on end; of fresh real text "
                        + $"{Words.Share(family[0].Copying!.Copied.Floor ?? 0)}. The longest copy has {longest.Copying!.LongestMatch} "
                            + $"characters{(rung.IsOne ? "" : $" ({longest.Label})")}."));
        }
    }

    private static bool IsNews(Figure copied) => Readings.IsAboveFloor(copied) && copied.Value - (copied.Floor ?? 0) >= Least;
}
