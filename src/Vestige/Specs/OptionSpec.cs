using System.Globalization;

namespace Vestige.Specs;

/// <summary>What an option's value may be.</summary>
public enum OptionKind
{
    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>Any text.</summary>
    Text,
}

/// <summary>An option of a compressor, a view, a world or the command, as data: for help, for checking values and for names of rows.</summary>
public sealed record OptionSpec
{
    private OptionSpec(string name, OptionKind kind, string initial, string description)
    {
        Name = name;
        Kind = kind;
        Default = initial;
        Description = description;
    }

    /// <summary><c>q</c>.</summary>
    public string Name { get; }

    /// <summary>What its value may be.</summary>
    public OptionKind Kind { get; }

    /// <summary>The value where none is given, written as a canonical name writes it.</summary>
    public string Default { get; }

    /// <summary>One line for help.</summary>
    public string Description { get; }

    /// <summary>Lowest number.</summary>
    public decimal Minimum { get; private init; }

    /// <summary>Highest number.</summary>
    public decimal Maximum { get; private init; }

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>Whether a canonical name shows it at its default too: quality is what a reader looks for.</summary>
    public bool AlwaysShown { get; init; }

    /// <summary>Whether names leave it out whatever its value, since it would make them unreadable; <see cref="Spec.Identity"/> has it.</summary>
    public bool Hidden { get; init; }

    /// <summary>Options without effect when this flag is true: then they may not be given, and names leave them out.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>What is allowed, for help and errors: <c>1..100</c>, <c>420|444</c>.</summary>
    public string Range => Kind switch
    {
        OptionKind.WholeNumber or OptionKind.Number => $"{Write(Minimum)}..{Write(Maximum)}",
        OptionKind.Choice => string.Join('|', Choices),
        OptionKind.Flag => "true|false",
        _ => "text",
    };

    /// <summary>Whether a number is within the range, and whole where it must be.</summary>
    public bool Allows(double value) =>
        value >= (double)Minimum && value <= (double)Maximum && (Kind != OptionKind.WholeNumber || value == Math.Floor(value)); // false for NaN

    /// <summary>A whole number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static OptionSpec WholeNumber(string name, long minimum, long maximum, long initial, string description) =>
        new(name, OptionKind.WholeNumber, Write(initial), description) { Minimum = minimum, Maximum = maximum };

    /// <summary>A decimal number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static OptionSpec Number(string name, decimal minimum, decimal maximum, decimal initial, string description) =>
        new(name, OptionKind.Number, Write(initial), description) { Minimum = minimum, Maximum = maximum };

    /// <summary>One of <paramref name="choices"/>; the first is the default.</summary>
    public static OptionSpec Choice(string name, IReadOnlyList<string> choices, string description)
    {
        ArgumentNullException.ThrowIfNull(choices);
        return new(name, OptionKind.Choice, choices[0], description) { Choices = choices };
    }

    /// <summary>True or false; false is the default.</summary>
    public static OptionSpec Flag(string name, string description) => new(name, OptionKind.Flag, "false", description);

    /// <summary>Any text.</summary>
    public static OptionSpec Text(string name, string initial, string description) => new(name, OptionKind.Text, initial, description);

    /// <summary>The values that a text stands for, each written canonically: one, or those of a range <c>a..b/step</c>, in order.</summary>
    /// <param name="text">What the user wrote, without quotes.</param>
    /// <param name="most">Most values that a range may have.</param>
    /// <exception cref="SpecException">It is no value of this option; the message names the value and what is allowed.</exception>
    public IReadOnlyList<string> Parse(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        switch (Kind)
        {
            case OptionKind.Text:
                return [text];
            case OptionKind.Choice or OptionKind.Flag:
                return (Kind == OptionKind.Flag ? ["true", "false"] : Choices).Contains(text) ? [text] : throw Refused(text);
            default:
                return text.Contains("..", StringComparison.Ordinal) ? ParseRange(text, most) : [Write(ParseNumber(text, text))];
        }
    }

    private string[] ParseRange(string text, int most)
    {
        string[] ends = text.Split("..");
        string[] tail = ends[^1].Split('/');
        if (ends.Length != 2 || tail.Length > 2) throw Refused(text);
        decimal first = ParseNumber(ends[0], text), last = ParseNumber(tail[0], text), step = 1;
        if (tail.Length == 2 && (!TryRead(tail[1], out step) || step <= 0))
            throw new SpecException($"{Name}={text}: the step \"{tail[1]}\" is not a {Noun} above 0.");
        if (first > last)
            throw new SpecException($"{Name}={text} is an empty range; write the lower end first: {tail[0]}..{ends[0]}.");
        // In doubles first: the quotient of two decimals may leave their range.
        if ((double)(last - first) / (double)step > most || decimal.Floor((last - first) / step) >= most)
            throw new SpecException($"{Name}={text} stands for more than {most} values; take a larger step.");
        return [.. Enumerable.Range(0, (int)((last - first) / step) + 1).Select(i => Write(first + (i * step)))];
    }

    private decimal ParseNumber(string text, string whole) =>
        TryRead(text, out decimal value) && value >= Minimum && value <= Maximum ? value : throw Refused(whole);

    private bool TryRead(string text, out decimal value) => decimal.TryParse(
        text,
        NumberStyles.AllowLeadingSign
            | (Kind == OptionKind.WholeNumber ? NumberStyles.None : NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent),
        CultureInfo.InvariantCulture,
        out value);

    private string Noun => Kind == OptionKind.WholeNumber ? "whole number" : "number";

    private SpecException Refused(string text) => new(Kind is OptionKind.WholeNumber or OptionKind.Number
        ? $"{Name}={text} is not allowed: {Name} is a {Noun}, {Range}, or a range of them "
            + $"such as {Write(Minimum)}..{Write(Maximum)}/{Write(Step)} ({Description})."
        : $"{Name}={text} is not allowed: {Name} is one of {Range.Replace("|", ", ", StringComparison.Ordinal)} ({Description}).");

    // A step that makes an example of a handful of values.
    private decimal Step => Kind == OptionKind.WholeNumber ? Math.Max(1, decimal.Floor((Maximum - Minimum) / 4)) : (Maximum - Minimum) / 4;

    // G29 drops trailing zeros, so that 0.50 and 0.5 have one name.
    private static string Write(decimal value) => value.ToString("G29", CultureInfo.InvariantCulture);
}
