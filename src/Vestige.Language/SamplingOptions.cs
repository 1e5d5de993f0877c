using Vestige.Compressors;

namespace Vestige.Language;

/// <summary>How the next byte is drawn from what a model says of it. Part of what <c>q</c> is.</summary>
/// <param name="Temperature">Probabilities are raised to 1 over this, 0 to 100; 0: always the most probable byte.</param>
/// <param name="TopK">Only so many most probable bytes, 1 to 256; 0: all.</param>
/// <param name="TopP">Only the most probable bytes that together have this probability, (0, 1] (Holtzman et al. 2020). After <see cref="TopK"/>.</param>
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
        OptionSpec.Real("temperature", 0, 100, 1, "probabilities are raised to 1 over this; 0 takes the most probable byte"),
        OptionSpec.Real("top_p", 0.001m, 1, 1, "draws among the most probable bytes that together have this probability"),
        OptionSpec.Whole("top_k", 0, Bytes, 0, "draws among so many most probable bytes; 0 for all"),
    ];

    /// <summary>The values that a specification gives to <see cref="Specs"/>.</summary>
    internal static SamplingOptions Of(CompressorSpec spec) => new(spec.Real("temperature"), spec.Whole("top_k"), spec.Real("top_p"));

    /// <summary>Changes a model's probabilities into those that bytes are drawn with; they add up to 1 but for rounding.</summary>
    /// <param name="probabilities">(256), adding up to 1.</param>
    internal void Apply(Span<double> probabilities)
    {
        if (Temperature == 0)
        {
            byte best = MostProbable(probabilities);
            probabilities.Clear();
            probabilities[best] = 1;
            return;
        }
        if (Temperature != 1) Temper(probabilities);
        if (TopK is > 0 and < Bytes || TopP < 1) Truncate(probabilities);
    }

    /// <summary>The most probable byte, the lowest of equals.</summary>
    internal static byte MostProbable(ReadOnlySpan<double> probabilities)
    {
        int best = 0;
        for (int i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[best]) best = i;
        return (byte)best;
    }

    /// <summary>The byte at a place in the distribution.</summary>
    /// <param name="probabilities">(256).</param>
    /// <param name="place">[0, 1).</param>
    internal static byte Draw(ReadOnlySpan<double> probabilities, double place)
    {
        int last = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] == 0) continue;
            last = i;
            place -= probabilities[i];
            if (place < 0) break;
        }
        return (byte)last;
    }

    private void Temper(Span<double> probabilities)
    {
        // Relative to the largest, so that a low temperature does not make all of them 0.
        double largest = probabilities[MostProbable(probabilities)], power = 1 / Temperature, sum = 0;
        for (int i = 0; i < probabilities.Length; i++) sum += probabilities[i] = Math.Pow(probabilities[i] / largest, power);
        for (int i = 0; i < probabilities.Length; i++) probabilities[i] /= sum;
    }

    private void Truncate(Span<double> probabilities)
    {
        Span<int> order = stackalloc int[Bytes];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Span<double> descending = stackalloc double[Bytes];
        for (int i = 0; i < order.Length; i++) descending[i] = -probabilities[i];
        // Not stable, so that equals are put in the order of bytes afterwards.
        descending.Sort(order);
        for (int start = 0, end; start < Bytes; start = end)
        {
            for (end = start + 1; end < Bytes && descending[end] == descending[start];) end++;
            order[start..end].Sort();
        }

        int most = TopK == 0 ? Bytes : TopK, count = 0;
        double all = 0, kept = 0;
        foreach (int i in order[..most]) all += probabilities[i];
        while (count < most && (count == 0 || kept < TopP * all)) kept += probabilities[order[count++]];
        foreach (int i in order[count..]) probabilities[i] = 0;
        foreach (int i in order[..count]) probabilities[i] /= kept;
    }

}
