namespace Vestige.Language.Sequential;

/// <summary>Reads a text from its start, byte by byte, and says what may come next: all that a text model must be able to do.</summary>
/// <remarks>Used by one thread at a time. What it says depends on nothing but the model and what it has read since the last
/// <see cref="Restart"/>, and is the same to the bit on every machine: sums of a written order, no function of the machine's own.</remarks>
internal interface ITextReader
{
    /// <summary>Whether <see cref="Take"/> and <see cref="Draw"/> cost far less than <see cref="Predict"/>, as where a byte is eight decisions of 255.</summary>
    bool TakesByBits => false;

    /// <summary>Goes back to the start: nothing has been read.</summary>
    void Restart();

    /// <summary>The probabilities of all bytes here.</summary>
    /// <param name="into">(256) out; they add up to 1 but for rounding.</param>
    void Predict(Span<double> into);

    /// <summary>Goes on behind a byte.</summary>
    void Read(byte symbol);

    /// <summary>The probability of a byte here, as <see cref="Predict"/> gives it; goes on behind it.</summary>
    double Take(byte symbol)
    {
        Span<double> all = stackalloc double[SamplingOptions.Bytes];
        Predict(all);
        Read(symbol);
        return all[symbol];
    }

    /// <summary>The byte at a place in the distribution, bytes in an order of the reader's own; goes on behind it.</summary>
    /// <param name="place">[0, 1).</param>
    byte Draw(double place)
    {
        Span<double> all = stackalloc double[SamplingOptions.Bytes];
        Predict(all);
        byte symbol = SamplingOptions.Draw<double>(all, place);
        Read(symbol);
        return symbol;
    }
}
