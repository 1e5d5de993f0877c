using System.Globalization;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Expressions;

/// <summary>A condition on a row, as <c>--choose</c> and <c>--fail-if</c> take it: <c>hallucinated&gt;0.05 and rate&lt;1</c>.</summary>
public abstract record Condition
{
    /// <summary>Judges a row; intervals are compared by their near ends.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="row">One of its rows.</param>
    public abstract Judgement Judge(AuditResult result, Row row);

    /// <summary>The rows whose difference to the row judged it needs: those in <c>diff(...)</c>.</summary>
    public abstract IEnumerable<string> Compared { get; }
}

/// <summary>Both hold, or either does.</summary>
internal sealed record Joined(Condition Left, Condition Right, bool Both) : Condition
{
    public override IEnumerable<string> Compared => Left.Compared.Concat(Right.Compared);

    public override Judgement Judge(AuditResult result, Row row)
    {
        Judgement left = Left.Judge(result, row), right = Right.Judge(result, row);
        Verdict verdict = Both == left.Verdict < right.Verdict ? left.Verdict : right.Verdict;
        Judgement[] decided = [.. new[] { left, right }.Where(judgement => judgement.Verdict == verdict)];
        // What does not hold is said by what was asked for, and is no statement that "and" could join.
        string between = verdict != Verdict.Holds ? "; " : Both ? " and " : " or ";
        // Where one of two is enough, one with an interval is.
        bool needsBoth = Both == (verdict == Verdict.Holds);
        string[] bare = [.. decided.Select(judgement => judgement.NoInterval).OfType<string>().Distinct()];
        return new Judgement(verdict, string.Join(between, decided.Select(judgement => judgement.Words)))
        {
            Times = Both ? decided.Max(judgement => judgement.Times) : decided.Min(judgement => judgement.Times),
            NoInterval = bare.Length == 0 || (!needsBoth && decided.Any(judgement => judgement.NoInterval is null)) ? null : string.Join("; ", bare),
        };
    }
}

/// <summary>One side is beyond the other with its whole interval.</summary>
internal sealed record Comparison(Operand Left, string Sign, Operand Right) : Condition
{
    public override IEnumerable<string> Compared => new[] { Left.Less, Right.Less }.OfType<string>();

    public override Judgement Judge(AuditResult result, Row row)
    {
        Figure left = Left.Of(result, row), right = Right.Of(result, row);
        if (!left.IsMeasured || !right.IsMeasured)
        {
            (Operand operand, Figure figure) = left.IsMeasured ? (Right, right) : (Left, left);
            return new Judgement(Verdict.Unmeasurable, $"{operand.Text} is not measurable{(figure.Why is null ? "" : ": " + figure.Why)}");
        }
        // An estimate whose interval is missing for a reason may be anything; what is counted or measured of the files at hand needs none.
        if (IsBare(Left, left) || IsBare(Right, right))
        {
            (Operand operand, Figure bare) = IsBare(Left, left) ? (Left, left) : (Right, right);
            return new Judgement(Verdict.Unmeasurable, $"{operand.Show(bare)}, {bare.Why!.TrimEnd('.')}");
        }
        string holds = $"{Shown(Left, left)} {Sign} {Shown(Right, right)}";
        // Of what does not hold, "77.9 >= 80" would be a false statement.
        string asked = Left.IsNumber ? $"{Shown(Right, right)}, asked for: {(Sign[0] == '>' ? '<' : '>')}{Sign[1..]} {Left.Text}"
            : $"{Shown(Left, left)}, asked for: {Sign} {Shown(Right, right)}";
        string[] bares = [.. new[] { (Left, left), (Right, right) }.Where(side => HasNone(side.Item2)).Select(side => $"{side.Item1.Text} has {side.Item2.Why!.TrimEnd('.')}")];
        string? noInterval = bares.Length == 0 ? null : string.Join("; ", bares.Distinct());
        // Read as "more > less"; without an interval the value is all there is.
        (Figure more, Figure less) = Sign[0] == '>' ? (left, right) : (right, left);
        double near = (more.Low ?? more.Value)!.Value - (less.High ?? less.Value)!.Value, far = (more.High ?? more.Value)!.Value - (less.Low ?? less.Value)!.Value;
        bool equal = Sign.Length == 2;
        if (equal ? near >= 0 : near > 0) return new Judgement(Verdict.Holds, holds) { NoInterval = noInterval };
        if (equal ? far < 0 : far <= 0) return new Judgement(Verdict.Fails, asked) { NoInterval = noInterval };
        // An interval shrinks with the square root of what it rests on.
        double apart = more.Value!.Value - less.Value!.Value, half = apart > 0 ? apart - near : far - apart;
        return new Judgement(Verdict.Undecided, asked) { Times = apart == 0 ? double.PositiveInfinity : half / apart * (half / apart) };
    }

    /// <summary>Whether it is measured of the files at hand, of which there are too few for an interval.</summary>
    private static bool HasNone(Figure figure) => figure is { Low: null, High: null, Why: { } why } && why.StartsWith("no interval", StringComparison.Ordinal);

    private static string Shown(Operand operand, Figure figure) => operand.Show(figure) + (HasNone(figure) ? " (no interval)" : "");

    private static bool IsBare(Operand operand, Figure figure) => operand.IsEstimate && figure is { Low: null, High: null, Why: not null };
}

/// <summary>A side of a comparison: a column of a table, or a number.</summary>
/// <param name="Text">As the user wrote it.</param>
/// <param name="Unit">What it is counted in; null for a number without one.</param>
/// <param name="Of">Its figure for a row.</param>
internal sealed record Operand(string Text, string? Unit, Func<AuditResult, Row, Figure> Of)
{
    /// <summary>Whether it is the user's number.</summary>
    internal bool IsNumber { get; init; }

    /// <inheritdoc cref="Column.IsEstimate"/>
    internal bool IsEstimate { get; init; }

    /// <summary>The row that <c>diff(...)</c> names; else null.</summary>
    internal string? Less { get; init; }

    internal string Show(Figure figure)
    {
        // A figure and the ends of its interval have as many digits; what goes to a hundred, as everywhere, one.
        string digits = figure.Unit is "score" or "dB" || new[] { figure.Value, figure.Low, figure.High }.Any(x => Math.Abs(x ?? 0) >= 10) ? "0.0" : "0.0###";
        string Number(double? x)
        {
            string text = double.IsInfinity(x!.Value) ? "infinite" : x.Value.ToString(digits, CultureInfo.InvariantCulture);
            return text == "-0.0" ? "0.0" : text;
        }

        return IsNumber ? Text
            : figure is { Low: { } low, High: { } high } && low < high ? $"{Text} {Number(figure.Value)} [{Number(low)} {Number(high)}]"
            : $"{Text} {Number(figure.Value)}";
    }
}
