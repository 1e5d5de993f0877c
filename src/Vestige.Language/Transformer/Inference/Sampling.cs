using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;

namespace Vestige.Language.Transformer.Inference;

/// <summary>How the next byte is drawn from a model's logits. Part of what <c>q</c> is.</summary>
/// <param name="Temperature">Divides the logits; 0: always the most probable byte.</param>
/// <param name="TopK">Only so many most probable bytes; 0: all.</param>
/// <param name="TopP">Only the most probable bytes whose probabilities add up to this, (0, 1] (Holtzman et al. 2020). After <see cref="TopK"/>.</param>
internal sealed record Sampling(double Temperature = 1, int TopK = 0, double TopP = 1)
{
    /// <summary>The model as it is.</summary>
    internal static Sampling Plain { get; } = new();

    /// <summary>The most probable byte, always.</summary>
    internal static Sampling Greedy { get; } = new(Temperature: 0);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">One is out of its range; the message names it.</exception>
    internal void Validate()
    {
        if (!(Temperature is >= 0 and <= 100)) throw new ArgumentException($"temperature={Temperature} is out of range: 0 to 100.");
        if (TopK is < 0 or > Alphabet.Bytes) throw new ArgumentException($"top_k={TopK} is out of range: 1 to 256, or 0 for all.");
        if (!(TopP is > 0 and <= 1)) throw new ArgumentException($"top_p={TopP} is out of range: above 0, at most 1.");
    }

    /// <summary>Turns logits into the probabilities that bytes are drawn with; they add up to 1 but for rounding.</summary>
    /// <param name="logits">(256) in; probabilities out.</param>
    internal void Apply(Span<float> logits)
    {
        if (Temperature == 0)
        {
            int best = logits.IndexOf(Largest(logits));
            logits.Clear();
            logits[best] = 1;
            return;
        }

        if (Temperature != 1) Elementwise.Scale(logits, (float)(1 / Temperature));
        (_, float sum) = Softmax.Exponentials(logits);
        if (TopK is > 0 and < Alphabet.Bytes || TopP < 1) sum = Truncate(logits, sum);
        Elementwise.Scale(logits, 1 / sum);
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = values[0];
        foreach (float value in values) largest = MathF.Max(largest, value);
        return largest;
    }

    // Sets all but the most probable to zero; gives the sum of what is left.
    private float Truncate(Span<float> weights, float sum)
    {
        // Weights are not negative, so their bits are in their order; equal ones stand in byte order.
        Span<ulong> order = stackalloc ulong[Alphabet.Bytes];
        for (int i = 0; i < order.Length; i++) order[i] = ((ulong)~BitConverter.SingleToUInt32Bits(weights[i]) << 8) | (uint)i;
        order.Sort();
        int most = TopK == 0 ? Alphabet.Bytes : TopK;
        if (TopK > 0)
        {
            sum = 0;
            foreach (ulong key in order[..most]) sum += weights[(byte)key];
        }

        float kept = 0;
        int count = 0;
        while (count < most && (count == 0 || kept < TopP * sum)) kept += weights[(byte)order[count++]];
        foreach (ulong dropped in order[count..]) weights[(byte)dropped] = 0;
        return kept;
    }

    /// <summary>The byte at a place in the distribution.</summary>
    /// <param name="probabilities">(256).</param>
    /// <param name="place">[0, 1).</param>
    internal static byte Draw(ReadOnlySpan<float> probabilities, double place)
    {
        double left = place;
        int last = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] == 0) continue;
            last = i;
            left -= probabilities[i];
            if (left < 0) break;
        }

        return (byte)last;
    }
}
