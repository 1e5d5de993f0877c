using System.Globalization;
using Vestige.Results;

namespace Vestige.Cli.Gates;

/// <summary>A condition under which an audit is to fail: <c>hallucinated&gt;0.05 and rate&lt;1</c>.</summary>
/// <param name="Text">As the user wrote it.</param>
/// <param name="Condition">What it says.</param>
internal sealed record Gate(string Text, Condition Condition)
{
    /// <summary>Judges every row the user named.</summary>
    internal IEnumerable<GateOutcome> Judge(AuditResult result) => result.Rows.Where(row => row.Named).Select(row =>
    {
        Judgement judgement = Condition.Judge(row);
        // What cannot be judged is not passed: a gate that opens for want of data guards nothing.
        bool fell = judgement.Holds != false;
        return new GateOutcome(Text, row.Name, fell, fell ? judgement.Words : null);
    });
}

/// <summary>Whether a condition holds for a row: over the whole of the intervals, or null where that cannot be said.</summary>
internal readonly record struct Judgement(bool? Holds, string Words);

/// <summary>Part of a gate.</summary>
internal abstract record Condition
{
    internal abstract Judgement Judge(Row row);
}

/// <summary>Both hold, or either does.</summary>
internal sealed record Joined(Condition Left, Condition Right, bool Both) : Condition
{
    internal override Judgement Judge(Row row)
    {
        Judgement left = Left.Judge(row), right = Right.Judge(row);
        bool decides = !Both;
        bool? holds = left.Holds == decides || right.Holds == decides ? decides : left.Holds is null || right.Holds is null ? null : Both;
        string[] words = [.. new[] { left, right }.Where(j => j.Holds == holds).Select(j => j.Words)];
        return new Judgement(holds, string.Join(Both ? " and " : " or ", words));
    }
}

/// <summary>One side is beyond the other with its whole interval.</summary>
internal sealed record Comparison(Operand Left, string Sign, Operand Right) : Condition
{
    internal override Judgement Judge(Row row)
    {
        Figure left = Left.Of(row), right = Right.Of(row);
        if (!left.IsMeasured || !right.IsMeasured)
        {
            (Operand operand, Figure figure) = left.IsMeasured ? (Right, right) : (Left, left);
            return new Judgement(null, $"{operand.Text} is not measurable{(figure.Why is null ? "" : ": " + figure.Why)}");
        }
        // The ends that are nearest to passing.
        bool holds = Sign switch
        {
            ">" => (left.Low ?? left.Value) > (right.High ?? right.Value),
            ">=" => (left.Low ?? left.Value) >= (right.High ?? right.Value),
            "<" => (left.High ?? left.Value) < (right.Low ?? right.Value),
            _ => (left.High ?? left.Value) <= (right.Low ?? right.Value),
        };
        return new Judgement(holds, $"{Left.Show(left)} {Sign} {Right.Show(right)}");
    }
}

/// <summary>A side of a comparison: a column of the table, or a number.</summary>
/// <param name="Text">As the user wrote it.</param>
/// <param name="Of">Its figure for a row.</param>
/// <param name="IsNumber">Whether it is the user's number.</param>
internal sealed record Operand(string Text, Func<Row, Figure> Of, bool IsNumber)
{
    /// <summary>The columns that a gate may name, in the order of messages.</summary>
    internal static readonly IReadOnlyDictionary<string, Func<Row, Figure>> Columns = Make();

    internal string Show(Figure figure)
    {
        string Number(double? x) => x!.Value.ToString("0.0###", CultureInfo.InvariantCulture);
        return IsNumber ? Text
            : figure is { Low: { } low, High: { } high } ? $"{Text} {Number(figure.Value)} [{Number(low)} {Number(high)}]"
            : $"{Text} {Number(figure.Value)}";
    }

    private static Dictionary<string, Func<Row, Figure>> Make()
    {
        (string Name, Func<Ledger, Figure> Of)[] shares =
        [
            ("lost", l => l.Lost), ("kept", l => l.Kept), ("memorized", l => l.Memorized),
            ("generalized", l => l.Generalized), ("hallucinated", l => l.Hallucinated),
        ];
        var columns = new Dictionary<string, Func<Row, Figure>> { ["rate"] = row => row.Bits.Rate };
        foreach ((string name, Func<Ledger, Figure> of) in shares) columns[name] = row => Headline(row, of);
        foreach ((string name, Func<Ledger, Figure> of) in shares)
        {
            columns[name + ".floor"] = row => Headline(row, l => of(l) is { Floor: { } floor } ? new Figure { Value = floor } : Figure.NotMeasurable("there is no floor"));
        }
        return columns;
    }

    private static Figure Headline(Row row, Func<Ledger, Figure> of) =>
        row.Ledgers.Count > 0 ? of(row.Ledgers[0]) : Figure.NotMeasurable(row.Why ?? "there is no ledger");
}
