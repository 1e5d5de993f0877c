using Vestige.Figures;
using Vestige.Results;
using Vestige.Specs;

namespace Vestige.Conclusions.Wording;

/// <summary>Rows of which one sentence speaks: near-equal sentences are one.</summary>
/// <param name="Rows">At least one; of a ladder in its order.</param>
internal sealed record Rung(IReadOnlyList<Row> Rows)
{
    internal bool IsOne => Rows.Count == 1;

    /// <summary>The row where it is one; else null: the finding speaks of several.</summary>
    internal string? Row => IsOne ? Rows[0].Name : null;

    /// <summary>"jpeg:q=10", "jpeg from q=10 to q=50", "a, b and c".</summary>
    internal string Name
    {
        get
        {
            Row[][] families = [.. Rows.GroupBy(row => row.Family).Select(family => family.ToArray())];
            return families.Length == 1 && Ladder(families[0]) is { } ladder ? ladder : Words.List(families.SelectMany(Names));
        }
    }

    /// <summary>"loses" for one row, "lose" for several.</summary>
    internal string Verb(string plural, string singular) => IsOne ? singular : plural;

    /// <summary>".59 [.51 .66]" of one row, ".59 to .17" of several, first and last where they are in order.</summary>
    internal string Shares(Func<Row, Figure> of)
    {
        double[] values = [.. Rows.Select(row => of(row).Value!.Value)];
        if (values.Length == 1) return Words.Share(of(Rows[0]));
        (double first, double last) = values[0] >= values[^1] ? (values.Max(), values.Min()) : (values.Min(), values.Max());
        string from = Words.Share(first), to = Words.Share(last);
        return from == to ? from : values[0] == first && values[^1] == last ? $"{from} to {to}" : $"between {Words.Share(values.Min())} and {Words.Share(values.Max())}";
    }

    /// <summary>A family's rows apart, in the order of what they cost where that is known.</summary>
    internal static IEnumerable<Row[]> Families(IEnumerable<Row> rows) =>
        rows.GroupBy(row => row.Family).Select(family => family.OrderBy(row => row.IsCodec ? row.Bits.Rate.Value ?? 0 : 0).ToArray());

    private static IEnumerable<string> Names(Row[] family) => family.Length > 2 && Ladder(family) is { } ladder ? [ladder] : family.Select(row => row.Label);

    /// <summary>"jpeg from q=10 to q=50": where all but one option are the same; else null.</summary>
    private static string? Ladder(Row[] rows)
    {
        if (rows.Length < 2 || rows.Any(row => row.Label.Contains('"', StringComparison.Ordinal))) return null;
        var written = WrittenSpec.Of(rows[0].Label);
        IReadOnlyList<string>[] options = [.. rows.Select(row => WrittenSpec.Of(row.Label).Parts)];
        string[] common = [.. options[0].Where(option => options.All(other => other.Contains(option)))];
        string[][] own = [.. options.Select(o => o.Except(common).ToArray())];
        if (own.Any(o => o.Length != 1 || WrittenSpec.OptionOf(o[0]) is null) || own.Select(o => WrittenSpec.OptionOf(o[0])).Distinct().Count() > 1) return null;
        return $"{written.With(common)} from {own[0][0]} to {own[^1][0]}";
    }
}
