using System.Globalization;

namespace Vestige.Images.Sources;

/// <summary>A positive fraction of at most 1, by which pictures are reduced: <c>1/2</c>.</summary>
public readonly record struct Ratio
{
    private const int Largest = 1000;

    private Ratio(int numerator, int denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    /// <summary>1: pictures as they are.</summary>
    public static Ratio One { get; } = new(1, 1);

    /// <summary>1 or more, without a factor in common with <see cref="Denominator"/>.</summary>
    public int Numerator { get; }

    /// <summary>At least <see cref="Numerator"/>, at most 1000.</summary>
    public int Denominator { get; }

    /// <summary>Reads <c>1/2</c>, <c>2/3</c>, <c>1</c> or <c>0.25</c>.</summary>
    /// <exception cref="FormatException">It is none of these, or not above 0 and at most 1; the message is for the user.</exception>
    public static Ratio Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        decimal denominator = 1;
        bool read = decimal.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal numerator)
            && (parts.Length == 1
                || (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int below)
                    && (denominator = below) > 0 && numerator == Math.Truncate(numerator)));
        while (read && numerator != Math.Truncate(numerator) && denominator <= Largest)
        {
            numerator *= 10;
            denominator *= 10;
        }
        if (!read || numerator <= 0 || numerator > denominator)
            throw new FormatException($"\"{text}\" is no scale. A scale is a fraction above 0 and at most 1, such as 1/2, 2/3 or 0.25.");
        (decimal a, decimal b) = (denominator, numerator);
        while (b > 0) (a, b) = (b, a % b);
        if (denominator / a > Largest)
            throw new FormatException($"The scale {text} has a denominator above {Largest}; take a simpler fraction, such as 1/2.");
        return new Ratio((int)(numerator / a), (int)(denominator / a));
    }

    /// <inheritdoc/>
    public override string ToString() => Denominator == 1
        ? "1"
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
