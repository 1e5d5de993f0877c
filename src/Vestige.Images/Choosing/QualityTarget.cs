using System.Globalization;
using System.Text.RegularExpressions;
using Vestige.Images.Paired;
using Vestige.Pairs;
using Vestige.Sources;

namespace Vestige.Images.Choosing;

/// <summary>What a reconstruction is to be like beside its original: <c>ssimulacra2&gt;=80</c>.</summary>
public sealed partial record QualityTarget
{
    private static readonly PictureMeasure[] s_measures = [.. PictureMeasures.All.Where(measure => measure.Alone is not null)];

    private readonly PictureMeasure _measure;

    private QualityTarget(PictureMeasure measure, double value) => (_measure, Value) = (measure, value);

    /// <summary>What may stand before the number: <c>ssimulacra2&gt;=, psnr&gt;=, lost&lt;=</c> and so on.</summary>
    public static string Measures => string.Join(", ", s_measures.Select(Beginning));

    /// <summary>The measure.</summary>
    public PairedMeasure Measure => _measure;

    /// <summary>Whether more of it is better.</summary>
    public bool MoreIsBetter => _measure.MoreShownIsBetter;

    /// <summary>What is to be met.</summary>
    public double Value { get; }

    internal double Stride => _measure.Alone!.Stride;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Beginning(_measure)}{Value}");

    /// <summary>Reads a target.</summary>
    /// <exception cref="FormatException">It is none; the message says what may stand there.</exception>
    public static QualityTarget Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Match match = Form().Match(text);
        if (!match.Success) throw new FormatException($"\"{text}\" is no target: write a measure and a number, as in \"ssimulacra2>=80\"; the measures are {Measures}");
        if (Array.Find(s_measures, m => m.Name == match.Groups["name"].Value) is not { } measure)
            throw new FormatException($"there is no measure \"{match.Groups["name"].Value}\"; the measures are {Measures}");
        if (match.Groups["sign"].Value[0] == '>' != measure.MoreShownIsBetter)
            throw new FormatException($"\"{text}\": {(measure.MoreShownIsBetter ? "more" : "less")} of {measure.Name} is better, "
                + $"so that the cheapest would always do; the measures are {Measures}");
        if (!match.Groups["sign"].Value.EndsWith('='))
            throw new FormatException($"\"{text}\": what is just as good as the number is taken too; write \"{Beginning(measure)}{match.Groups["value"].Value}\"");
        if (!double.TryParse(match.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            throw new FormatException($"\"{match.Groups["value"].Value}\" is no number");
        return value >= measure.Alone!.Range.Least && value <= measure.Alone.Range.Most ? new QualityTarget(measure, value)
            : throw new FormatException($"\"{text}\": {measure.Name} takes {measure.Alone.RangeInWords}");
    }

    /// <summary>Makes the original's side, for any number of reconstructions.</summary>
    /// <exception cref="UnusableDocumentException">It is too small for the measure.</exception>
    internal Func<Picture, double> Prepare(Picture original)
    {
        Func<Picture, double> measure = _measure.Alone!.Prepare(original);
        return reconstruction => _measure.Show(measure(reconstruction));
    }

    /// <summary>How much better than the target a value is; below 0 it falls short.</summary>
    internal double Excess(double value) => MoreIsBetter ? value - Value : Value - value;

    /// <summary>Mean of the worst twentieth of some values, of one at the least.</summary>
    public double Worst(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sorted = [.. MoreIsBetter ? values.Order() : values.OrderDescending()];
        return sorted.Length == 0 ? double.NaN : sorted.Take((sorted.Length + 19) / 20).Average();
    }

    private static string Beginning(PictureMeasure measure) => measure.Name + (measure.MoreShownIsBetter ? ">=" : "<=");

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z0-9]+)\s*(?<sign>>=|<=|>|<)\s*(?<value>\S+)\s*$")]
    private static partial Regex Form();
}
