using System.Numerics;
using Vestige.Language.Numerics;
using Vestige.Specs;

namespace Vestige.Language;

/// <summary>How the next byte is drawn from what a model says of it. Part of what <c>q</c> is.</summary>
/// <param name="Temperature">Probabilities are raised to 1 over this, 0 to 100; 0: always the most probable byte.</param>
/// <param name="TopK">Only so many most probable bytes, 1 to 256; 0: all.</param>
/// <param name="TopP">Only the most probable bytes that together have this probability, 0.001 to 1 (Holtzman et al. 2020). After <see cref="TopK"/>.</param>
public sealed record SamplingOptions(double Temperature = 1, int TopK = 0, double TopP = 1)
{
    internal const int Bytes = 256;

    /// <summary>The model as it is.</summary>
    public static SamplingOptions Plain { get; } = new();

    /// <summary>The most probable byte, always.</summary>
    public static SamplingOptions Greedy { get; } = new(Temperature: 0);

    /// <summary>The options of every compressor that draws.</summary>
    public static IReadOnlyList<OptionSpec> Specs { get; } =
    [
        OptionSpec.Number("temperature", 0, 100, 1, "probabilities are raised to 1 over this; 0 takes the most probable byte"),
        OptionSpec.Number("top_p", 0.001m, 1, 1, "draws among the most probable bytes that together have this probability"),
        OptionSpec.WholeNumber("top_k", 0, Bytes, 0, "draws among so many most probable bytes; 0 for all"),
    ];

    private bool Truncates => TopK is > 0 and < Bytes || TopP < 1;

    /// <summary>The values that a specification gives to <see cref="Specs"/>.</summary>
    internal static SamplingOptions Of(Spec spec) => new(spec.Number("temperature"), spec.WholeNumber("top_k"), spec.Number("top_p"));

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">One is out of its range; the message names it.</exception>
    internal void Validate()
    {
        Check("temperature", Temperature);
        Check("top_k", TopK);
        Check("top_p", TopP);
    }

    private static void Check(string name, double value)
    {
        OptionSpec option = Specs.First(option => option.Name == name);
        if (!option.Allows(value))
            throw new ArgumentException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}={value} is out of range: {option.Minimum} to {option.Maximum}."));
    }

    /// <summary>Changes a model's probabilities into those that bytes are drawn with; they add up to 1 but for rounding.</summary>
    /// <param name="probabilities">(256), adding up to 1.</param>
    internal void Apply(Span<double> probabilities)
    {
        if (Temperature == 0)
        {
            byte best = MostProbable<double>(probabilities);
            probabilities.Clear();
            probabilities[best] = 1;
            return;
        }
        if (Temperature != 1) Temper(probabilities);
        if (!Truncates) return;
        double kept = Truncate(probabilities);
        foreach (ref double probability in probabilities) probability /= kept;
    }

    /// <summary>Turns a model's logits into the probabilities that bytes are drawn with; they add up to 1 but for rounding.</summary>
    /// <param name="logits">(256) in; probabilities out.</param>
    internal void ApplyToLogits(Span<float> logits)
    {
        if (Temperature == 0)
        {
            byte best = MostProbable<float>(logits);
            logits.Clear();
            logits[best] = 1;
            return;
        }
        if (Temperature != 1) Elementwise.Scale(logits, (float)(1 / Temperature));
        (_, float sum) = Softmax.Exponentials(logits);
        if (Truncates) sum = Truncate(logits);
        Elementwise.Scale(logits, 1 / sum);
    }

    /// <summary>The most probable byte, the lowest of equals.</summary>
    internal static byte MostProbable<T>(ReadOnlySpan<T> probabilities)
        where T : INumber<T>
    {
        int best = 0;
        for (int i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[best]) best = i;
        return (byte)best;
    }

    /// <summary>The byte at a place in the distribution.</summary>
    /// <param name="probabilities">(256).</param>
    /// <param name="place">[0, 1).</param>
    internal static byte Draw<T>(ReadOnlySpan<T> probabilities, double place)
        where T : INumber<T>
    {
        int last = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (T.IsZero(probabilities[i])) continue;
            last = i;
            place -= double.CreateTruncating(probabilities[i]);
            if (place < 0) break;
        }
        return (byte)last;
    }

    private void Temper(Span<double> probabilities)
    {
        // Relative to the largest, so that a low temperature does not make all of them 0.
        double largest = probabilities[MostProbable<double>(probabilities)], power = 1 / Temperature, sum = 0;
        for (int i = 0; i < probabilities.Length; i++) sum += probabilities[i] = Math.Pow(probabilities[i] / largest, power);
        for (int i = 0; i < probabilities.Length; i++) probabilities[i] /= sum;
    }

    // Sets all but the most probable to zero; gives the sum of what is left. T is a number, so that this is compiled for each apart.
    private T Truncate<T>(Span<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<int> order = stackalloc int[Bytes];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Span<T> descending = stackalloc T[Bytes];
        for (int i = 0; i < order.Length; i++) descending[i] = -weights[i];
        // Not stable, so that equals are put in the order of bytes afterwards.
        descending.Sort(order);
        for (int start = 0, end; start < Bytes; start = end)
        {
            for (end = start + 1; end < Bytes && descending[end] == descending[start];) end++;
            order[start..end].Sort();
        }

        int most = TopK == 0 ? Bytes : TopK, count = 0;
        T all = T.Zero, kept = T.Zero;
        foreach (int i in order[..most]) all += weights[i];
        double enough = TopP * double.CreateTruncating(all);
        while (count < most && (count == 0 || double.CreateTruncating(kept) < enough)) kept += weights[order[count++]];
        foreach (int i in order[count..]) weights[i] = T.Zero;
        return kept;
    }
}
