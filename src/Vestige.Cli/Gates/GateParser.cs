using System.Globalization;
using Vestige.Compressors;
using Vestige.Results;

namespace Vestige.Cli.Gates;

/// <summary>Reads a gate: comparisons of columns and numbers, joined by <c>and</c> (first) and <c>or</c>, with parentheses.</summary>
internal sealed class GateParser
{
    private static readonly string[] s_signs = [">=", "<=", ">", "<"];

    private readonly string _text;
    private int _at;

    private GateParser(string text) => _text = text;

    /// <summary>Reads a gate.</summary>
    /// <exception cref="UsageException">It is none; the message names the place, and what may stand there.</exception>
    internal static Gate Parse(string text)
    {
        var parser = new GateParser(text);
        Condition condition = parser.Or();
        return parser.Rest.Length == 0 ? new Gate(text, condition) : throw parser.Wrong("expected 'and', 'or' or the end");
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
            Condition inner = Or();
            return Take(")") ? inner : throw Wrong("expected ')'");
        }
        Operand left = Side();
        string sign = s_signs.FirstOrDefault(Take) ?? throw Wrong("expected >, <, >= or <=");
        Operand right = Side();
        return left.IsNumber && right.IsNumber ? throw Wrong($"compares two numbers; {Columns()}") : new Comparison(left, sign, right);
    }

    private Operand Side()
    {
        ReadOnlySpan<char> rest = Rest;
        int length = 0;
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] is '.' or '_' or '+' or '-')) length++;
        string word = rest[..length].ToString();
        if (word.Length == 0) throw Wrong($"expected a column or a number; {Columns()}");
        if (Operand.Columns.TryGetValue(word, out Func<Row, Figure>? column))
        {
            _at += length;
            return new Operand(word, column, IsNumber: false);
        }
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            _at += length;
            return new Operand(word, _ => new Figure { Value = number }, IsNumber: true);
        }
        throw Wrong($"there is no column \"{word}\".{Suggestion.For(word, Operand.Columns.Keys)} {Columns()}");
    }

    private bool Take(string token)
    {
        ReadOnlySpan<char> rest = Rest;
        if (!rest.StartsWith(token, StringComparison.Ordinal)) return false;
        // A word ends where its letters do: "orange" does not start with "or".
        if (char.IsLetter(token[0]) && rest.Length > token.Length && char.IsLetterOrDigit(rest[token.Length])) return false;
        _at += token.Length;
        return true;
    }

    private static string Columns() => "the columns are " + string.Join(", ", Operand.Columns.Keys);

    private UsageException Wrong(string what)
    {
        _ = Rest;
        return new UsageException($"--fail-if \"{_text}\", character {_at + 1}: {what}");
    }
}
