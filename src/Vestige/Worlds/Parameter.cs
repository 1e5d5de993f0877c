using System.Globalization;
using Vestige.Compressors;

namespace Vestige.Worlds;

/// <summary>One setting of a world or an oracle: its range is stated once, for the check and for help.</summary>
/// <param name="Name">As written after the colon: <c>types</c>.</param>
/// <param name="Meaning">A few words for help and messages.</param>
/// <param name="Default">Value where none is given.</param>
/// <param name="Minimum">Lowest allowed value.</param>
/// <param name="Maximum">Highest allowed value.</param>
/// <param name="Whole">Whether only whole numbers are allowed.</param>
public sealed record Parameter(string Name, string Meaning, double Default, double Minimum, double Maximum, bool Whole = false)
{
    /// <summary>The same setting as an option of the command line.</summary>
    public OptionSpec ToOption() => Whole
        ? OptionSpec.Whole(Name, (long)Minimum, (long)Maximum, (long)Default, Meaning)
        : OptionSpec.Real(Name, (decimal)Minimum, (decimal)Maximum, (decimal)Default, Meaning);
}

/// <summary>The settings of one world or oracle, in the order of its name.</summary>
/// <param name="Owner">What stands before the settings: <c>world:urn</c>.</param>
/// <param name="Summary">One line for help.</param>
/// <param name="Parameters">The settings.</param>
public sealed record ParameterTable(string Owner, string Summary, IReadOnlyList<Parameter> Parameters)
{
    /// <summary>Checks one value for each parameter, in order.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it, its range and its meaning.</exception>
    public void Check(params ReadOnlySpan<double> values)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameter parameter = Parameters[i];
            bool inRange = values[i] >= parameter.Minimum && values[i] <= parameter.Maximum; // false for NaN
            if (inRange && (!parameter.Whole || values[i] == Math.Floor(values[i]))) continue;
            string kind = parameter.Whole ? "a whole number" : "a number";
            throw Error(parameter.Name, values[i],
                $"{parameter.Name} ({parameter.Meaning}) takes {kind} from {Text(parameter.Minimum)} to {Text(parameter.Maximum)}");
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

    /// <summary>The canonical name: the owner, and the settings that are not at their default.</summary>
    public string Describe(params ReadOnlySpan<double> values)
    {
        var settings = new List<string>();
        for (int i = 0; i < Parameters.Count; i++)
            if (values[i] != Parameters[i].Default)
                settings.Add($"{Parameters[i].Name}={Text(values[i])}");
        return settings.Count == 0 ? Owner : $"{Owner}:{string.Join(',', settings)}";
    }

    /// <summary>The exception for a value that cannot be used, in the words of <see cref="Check"/>.</summary>
    public ArgumentException Error(string name, double value, string reason) =>
        new($"{Owner}: {name}={Text(value)} cannot be used; {reason}.");

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
