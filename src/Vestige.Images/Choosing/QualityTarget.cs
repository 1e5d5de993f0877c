using System.Globalization;
using System.Text.RegularExpressions;
using Vestige.Images.Paired;
using Vestige.Images.Paired.Detail;
using Vestige.Images.Paired.Ssimulacra;
using Vestige.Images.Planes;
using Vestige.Sources;

namespace Vestige.Images.Choosing;

/// <summary>What a reconstruction is to be like beside its original: <c>ssimulacra2&gt;=80</c>.</summary>
public sealed partial record QualityTarget
{
    // How many steps of a quality from 0 to 100 a unit of each is worth, about: the search starts with it and goes on with what it finds.
    private static readonly (string Name, bool MoreIsBetter, double Stride, Func<Picture, Func<Picture, double>> Measure)[] s_measures =
    [
        ("ssimulacra2", true, 1.2, Scored),
        ("psnr", true, 4, original => reconstruction => Psnr.Of(original, reconstruction)),
        ("lost", false, 100, original => Detailed(original, sums => sums.Lost)),
        ("invented", false, 100, original => Detailed(original, sums => sums.Invented)),
        ("visibleLost", false, 200, original => Detailed(original, sums => sums.VisibleLost)),
        ("visibleInvented", false, 200, original => Detailed(original, sums => sums.VisibleInvented)),
    ];

    private readonly int _measure;

    private QualityTarget(int measure, double value) => (_measure, Value) = (measure, value);

    /// <summary>Name of the measure.</summary>
    public string Measure => s_measures[_measure].Name;

    /// <summary>Whether more of it is better.</summary>
    public bool MoreIsBetter => s_measures[_measure].MoreIsBetter;

    /// <summary>What is to be met.</summary>
    public double Value { get; }

    internal double Stride => s_measures[_measure].Stride;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Measure}{(MoreIsBetter ? ">=" : "<=")}{Value}");

    /// <summary>Reads a target.</summary>
    /// <exception cref="FormatException">It is none; the message says what may stand there.</exception>
    public static QualityTarget Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string names = string.Join(", ", s_measures.Select(m => m.Name + (m.MoreIsBetter ? ">=" : "<=")));
        Match match = Form().Match(text);
        if (!match.Success) throw new FormatException($"\"{text}\" is no target: write a measure and a number, as in \"ssimulacra2>=80\"; the measures are {names}");
        int measure = Array.FindIndex(s_measures, m => m.Name == match.Groups["name"].Value);
        if (measure < 0) throw new FormatException($"there is no measure \"{match.Groups["name"].Value}\"; the measures are {names}");
        if (match.Groups["sign"].Value[0] == '>' != s_measures[measure].MoreIsBetter)
            throw new FormatException($"\"{text}\": {(s_measures[measure].MoreIsBetter ? "more" : "less")} of {s_measures[measure].Name} is better, "
                + $"so that the cheapest would always do; the measures are {names}");
        return double.TryParse(match.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? new QualityTarget(measure, value)
            : throw new FormatException($"\"{match.Groups["value"].Value}\" is no number");
    }

    /// <summary>Makes the original's side, for any number of reconstructions.</summary>
    /// <exception cref="UnusableDocumentException">It is too small for the measure.</exception>
    internal Func<Picture, double> Prepare(Picture original) => s_measures[_measure].Measure(original);

    /// <summary>How much better than the target a value is; below 0 it falls short.</summary>
    internal double Excess(double value) => MoreIsBetter ? value - Value : Value - value;

    /// <summary>Mean of the worst twentieth of some values, of one at the least.</summary>
    public double Worst(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sorted = [.. MoreIsBetter ? values.Order() : values.OrderDescending()];
        return sorted.Length == 0 ? double.NaN : sorted.Take((sorted.Length + 19) / 20).Average();
    }

    private static Func<Picture, double> Scored(Picture original) => Math.Min(original.Width, original.Height) < Ssimulacra2.SmallestSide
        ? throw new UnusableDocumentException($"has {original.Width} x {original.Height} pixels, and SSIMULACRA 2 needs {Ssimulacra2.SmallestSide} a side")
        : new Ssimulacra2(original).Score;

    private static Func<Picture, double> Detailed(Picture original, Func<DetailSums, double> figure)
    {
        Plane luma = Luma.Of(original);
        return reconstruction => figure(DetailComparison.Of(luma, Luma.Of(reconstruction), map: false).Total);
    }

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z0-9]+)\s*(?<sign>>=|<=|>|<)\s*(?<value>\S+)\s*$")]
    private static partial Regex Form();
}
