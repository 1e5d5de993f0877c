using System.Globalization;
using Vestige.Figures;
using Vestige.Specs;

namespace Vestige.Expressions;

/// <summary>Reads a condition: comparisons of columns and numbers, joined by <c>and</c> (first) and <c>or</c>, with parentheses.</summary>
/// <remarks>
/// <code>
/// condition  = both { "or" both }
/// both       = term { "and" term }
/// term       = "(" condition ")" | side (">" | "&lt;" | ">=" | "&lt;=") side
/// side       = column | "diff(" row ")." column | number [unit]
/// </code>
/// </remarks>
public sealed class ConditionParser
{
    /// <summary>Parentheses in parentheses: more than anybody writes, fewer than the stack has room for.</summary>
    private const int MostNested = 100;

    /// <summary>Comparisons: judging goes as deep as there are.</summary>
    private const int MostParts = 500;

    private static readonly string[] s_signs = [">=", "<=", ">", "<"];

    private readonly string _text;
    private readonly IReadOnlyList<Column> _columns;
    private int _at;
    private int _nested, _parts;

    private ConditionParser(string text, IReadOnlyList<Column> columns) => (_text, _columns) = (text, columns);

    /// <summary>Reads a condition.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="columns">What may be named.</param>
    /// <exception cref="SpecException">It is none; the message names the place, and what may stand there.</exception>
    public static Condition Parse(string text, IReadOnlyList<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new ConditionParser(text, columns);
        Condition condition = parser.Or();
        return parser.Rest.Length == 0 ? condition : throw parser.Wrong("expected 'and', 'or' or the end");
    }

    private ReadOnlySpan<char> Rest
    {
        get
        {
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
            return _text.AsSpan(_at);
        }
    }

    private Condition Or()
    {
        Condition left = And();
        while (Take("or")) left = new Joined(left, And(), Both: false);
        return left;
    }

    private Condition And()
    {
        Condition left = Term();
        while (Take("and")) left = new Joined(left, Term(), Both: true);
        return left;
    }

    private Condition Term()
    {
        if (Take("("))
        {
            if (++_nested > MostNested) throw Wrong($"more than {MostNested} parentheses in one another");
            Condition inner = Or();
            _nested--;
            return Take(")") ? inner : throw Wrong("expected ')'");
        }
        if (++_parts > MostParts) throw Wrong($"more than {MostParts} comparisons in one condition");
        Operand left = Side();
        string sign = s_signs.FirstOrDefault(Take) ?? throw Wrong("expected >, <, >= or <=");
        int place = _at;
        Operand right = Side();
        if (left.IsNumber && right.IsNumber) throw Wrong($"compares two numbers; {Names()}");
        if (left.Unit is { } a && right.Unit is { } b && a != b && (left.IsNumber || right.IsNumber))
        {
            _at = place;
            (Operand column, Operand number) = left.IsNumber ? (right, left) : (left, right);
            throw Wrong($"{column.Text} is counted in {Shown(column.Unit!)}, not in {Shown(number.Unit!)}");
        }
        (Operand named, Operand limit) = left.IsNumber ? (right, left) : (left, right);
        // A share of a sample: 50 can only mean half of it. What is measured of each reconstruction may be more than 1.
        if (limit is { IsNumber: true, Unit: null } && limit.Of(null!, null!).Value is > 1 and var beyond && named.Unit == "share"
            && _columns.FirstOrDefault(column => column.Name == named.Text) is { Measure: null })
        {
            _at = left.IsNumber ? _at : place;
            throw Wrong(string.Create(CultureInfo.InvariantCulture,
                $"{named.Text} is a share, at most 1, and {limit.Text} is beyond it; {beyond} per cent are {beyond / 100:0.####} or {beyond}%"));
        }
        return new Comparison(left, sign, right);
    }

    private Operand Side()
    {
        if (Rest.StartsWith("diff(", StringComparison.Ordinal)) return Difference();
        ReadOnlySpan<char> rest = Rest;
        int length = 0;
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] is '.' or '_' or '+' or '-')) length++;
        string word = rest[..length].ToString();
        if (word.Length == 0) throw Wrong($"expected a column or a number; {Names()}");
        if (_columns.FirstOrDefault(column => column.Name == word) is { } found)
        {
            _at += length;
            return new Operand(word, found.Unit, found.Of) { IsEstimate = found.IsEstimate };
        }
        return Number(word) ?? throw Wrong(Unknown(word));
    }

    /// <summary>A number and its unit, which may be left out: <c>0.05</c>, <c>5%</c>, <c>40 dB</c>; null where the word is none.</summary>
    private Operand? Number(string word)
    {
        int start = _at, digits = word.Length;
        double number = double.NaN;
        while (digits > 0 && !double.TryParse(word.AsSpan(0, digits), NumberStyles.Float, CultureInfo.InvariantCulture, out number)) digits--;
        if (digits == 0 || !double.IsFinite(number) || !(char.IsDigit(word[digits - 1]) || word[digits - 1] == '.')) return null;
        _at += digits;
        string? unit = null;
        bool attached = _at < _text.Length && char.IsLetter(_text[_at]);
        int after = _at;
        if (Take("%"))
        {
            number /= 100;
            unit = "share";
        }
        else
        {
            ReadOnlySpan<char> rest = Rest;
            int length = 0;
            while (length < rest.Length && (char.IsLetter(rest[length]) || rest[length] == '/')) length++;
            string named = rest[..length].ToString();
            string[] units = [.. _columns.Select(column => column.Unit).Where(u => u != "share").Distinct()];
            unit = units.FirstOrDefault(u => u == named);
            // What stands apart and is no unit is the next word of the condition, or none.
            if (unit is null && attached) throw Wrong($"there is no unit \"{named}\".{Suggestion.For(named, units)} The units are %, {string.Join(", ", units)}");
            _at = unit is null ? after : _at + length;
        }
        return new Operand(_text[start.._at].TrimEnd(), unit, (_, _) => new Figure { Value = number }) { IsNumber = true };
    }

    /// <summary>A row less another: <c>diff(jpeg:q=90).lost</c>.</summary>
    private Operand Difference()
    {
        int start = _at;
        _at += "diff(".Length;
        bool quoted = false;
        int close = _at;
        while (close < _text.Length && (quoted || _text[close] != ')'))
        {
            if (_text[close] == '"') quoted = !quoted;
            close++;
        }
        string less = _text[_at..close].Trim();
        if (close >= _text.Length || less.Length == 0) throw Wrong("expected the name of a row and ')': diff(jpeg:q=90).lost");
        _at = close + 1;
        foreach (string column in Columns.Differences)
        {
            if (Take("." + column))
                return new Operand(_text[start.._at], "share", (result, row) => Columns.Difference(result, row, less, column)) { Less = less, IsEstimate = true };
        }
        throw Wrong($"expected what differs: {string.Join(", ", Columns.Differences.Select(column => "." + column))}");
    }

    private bool Take(string token)
    {
        ReadOnlySpan<char> rest = Rest;
        if (!rest.StartsWith(token, StringComparison.Ordinal)) return false;
        // A word ends where its letters do: "orange" does not start with "or".
        if (char.IsLetter(token[^1]) && rest.Length > token.Length && char.IsLetterOrDigit(rest[token.Length])) return false;
        _at += token.Length;
        return true;
    }

    private static string Shown(string unit) => unit == "share" ? "shares (0.05 or 5%)" : unit;

    /// <summary>With a suggestion no list: among so many names it would be lost.</summary>
    private string Unknown(string word) => Suggestion.For(word, _columns.Select(column => column.Name)) is { Length: > 0 } meant
        ? $"there is no column \"{word}\".{meant} (\"?\" in place of a condition lists all columns)" : $"there is no column \"{word}\". {Names()}";

    private string Names() => "the columns are " + string.Join(", ", _columns.Select(column => column.Name)) + " and diff(ROW).lost";

    private SpecException Wrong(string what)
    {
        const int shown = 200;
        _ = Rest;
        return new SpecException($"\"{(_text.Length > shown ? _text[..shown] + "\u2026" : _text)}\", character {_at + 1}: {what}");
    }
}
