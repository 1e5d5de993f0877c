using System.Globalization;

namespace Vestige.Specs;

/// <summary>The options of one world or oracle, in the order of its name: each is stated once, for the check, for help and for the command line.</summary>
/// <param name="Owner">What stands before the options: <c>world:urn</c>.</param>
/// <param name="Summary">One line for help.</param>
/// <param name="Options">The options, all of them numbers.</param>
public sealed record OptionTable(string Owner, string Summary, IReadOnlyList<OptionSpec> Options)
{
    /// <summary>Checks one value for each option, in order.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it, its range and its meaning.</exception>
    public void Check(params ReadOnlySpan<double> values)
    {
        for (int i = 0; i < Options.Count; i++)
        {
            OptionSpec option = Options[i];
            if (option.Allows(values[i])) continue;
            throw Error(option.Name, values[i], $"{option.Name} ({option.Description}) takes "
                + $"{(option.Kind == OptionKind.WholeNumber ? "a whole number" : "a number")} from {Text((double)option.Minimum)} to {Text((double)option.Maximum)}");
        }
    }

    /// <summary>Checks that a world is small enough to be enumerated.</summary>
    /// <param name="name">The setting to be named.</param>
    /// <param name="value">Its value.</param>
    /// <param name="product">What makes the size: "shapes x sizes".</param>
    /// <param name="size">The size.</param>
    /// <param name="most">Largest allowed.</param>
    /// <exception cref="ArgumentException">It is larger; the message says what of.</exception>
    public void CheckSize(string name, double value, string product, long size, int most)
    {
        if (size > most) throw Error(name, value, $"{product} is {size}, and {most} can be enumerated: take fewer of one of them");
    }

    /// <summary>The canonical name: the owner, and the options that are not at their default.</summary>
    public string Describe(params ReadOnlySpan<double> values)
    {
        var settings = new List<string>();
        for (int i = 0; i < Options.Count; i++)
            if (values[i] != double.Parse(Options[i].Default, CultureInfo.InvariantCulture))
                settings.Add($"{Options[i].Name}={Text(values[i])}");
        return settings.Count == 0 ? Owner : $"{Owner}:{string.Join(',', settings)}";
    }

    /// <summary>The exception for a value that cannot be used, in the words of <see cref="Check"/>.</summary>
    public ArgumentException Error(string name, double value, string reason) =>
        new($"{Owner}: {name}={Text(value)} cannot be used; {reason}.");

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
