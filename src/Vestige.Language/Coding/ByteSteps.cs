namespace Vestige.Language.Coding;

/// <summary>Codes a byte by the probabilities of all.</summary>
internal static class ByteSteps
{
    // Each byte has a frequency of 1 at least, so that any can be coded: that costs 256 / 2^24, .00002 bits a byte.
    private const int Total = 1 << 24;

    /// <summary>Codes a byte.</summary>
    /// <param name="symbol">The byte; of no meaning where steps are decoded.</param>
    /// <param name="probabilities">(256), adding up to 1 but for rounding.</param>
    /// <param name="steps">Receives or gives the step.</param>
    /// <returns>The byte.</returns>
    /// <exception cref="InvalidDataException">They are no probabilities.</exception>
    internal static byte Code<TSteps>(byte symbol, ReadOnlySpan<double> probabilities, TSteps steps)
        where TSteps : ISteps
    {
        Span<uint> frequencies = stackalloc uint[SamplingOptions.Bytes];
        double sum = 0;
        foreach (double probability in probabilities)
        {
            if (!(probability is >= 0 and <= 1.001))
                throw new InvalidDataException($"the model gives a byte the probability {probability}: it is damaged, or was trained into nonsense");
            sum += probability;
        }
        if (!(sum is > 0.999 and < 1.001)) throw new InvalidDataException($"the model's probabilities add up to {sum}, not 1: it is damaged");
        double scale = (Total - SamplingOptions.Bytes) / Math.Max(1, sum);
        uint given = 0;
        int largest = 0;
        for (int i = 0; i < frequencies.Length; i++)
        {
            frequencies[i] = 1 + (uint)(probabilities[i] * scale);
            given += frequencies[i];
            if (frequencies[i] > frequencies[largest]) largest = i;
        }
        // What rounding left; it is rounded down, so that there is always some.
        frequencies[largest] += Total - given;

        uint place = steps.Place(Total), below = 0;
        for (int i = 0; ; i++)
        {
            if (TSteps.Decodes ? place < below + frequencies[i] : i == symbol)
            {
                steps.Take(below, frequencies[i], Total);
                return (byte)i;
            }
            below += frequencies[i];
        }
    }
}
