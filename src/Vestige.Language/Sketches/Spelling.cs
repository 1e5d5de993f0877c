using System.Collections.Concurrent;
using Vestige.Language.Coding;
using Vestige.Language.Ppm;
using Vestige.Language.Sequential;

namespace Vestige.Language.Sketches;

/// <summary>Codes a piece that the vocabulary does not hold, byte by byte, by a model that has learnt how those are spelled which it does.</summary>
internal sealed class Spelling
{
    // Bytes that no UTF-8 has: one ends a piece, the other says that the next byte is a byte.
    private const byte EndOfPiece = 0xFF, Literal = 0xFE;

    // A longer context than that knows words, not spelling.
    private const int Order = 4, Megabytes = 64;

    private readonly PpmKind _kind = new();
    private readonly ILearner _learnt;
    private readonly ConcurrentBag<ITextReader> _idle = [];

    internal Spelling(Vocabulary vocabulary)
    {
        byte[] list = [EndOfPiece, .. vocabulary.Pieces.SelectMany(piece => Written(piece))];
        _learnt = _kind.Make([Order, Megabytes], list.Length);
        _learnt.Learn(list, default(NoSteps));
    }

    /// <summary>Codes a piece.</summary>
    /// <param name="piece">The piece; of no meaning where steps are decoded.</param>
    /// <param name="steps">Receives or gives the steps.</param>
    /// <returns>The piece.</returns>
    /// <exception cref="InvalidDataException">It is longer than any passage, or says more than was coded.</exception>
    internal byte[] Code<TSteps>(ReadOnlySpan<byte> piece, TSteps steps)
        where TSteps : ISteps
    {
        if (!_idle.TryTake(out ITextReader? reader)) reader = _kind.Open(_learnt);
        byte[] written = TSteps.Decodes ? [] : Written(piece);
        Span<double> all = stackalloc double[SamplingOptions.Bytes];
        reader.Restart();
        reader.Read(EndOfPiece);
        List<byte> read = [];
        bool literal = false;
        for (int i = 0; ; i++)
        {
            reader.Predict(all);
            byte symbol = ByteSteps.Code(TSteps.Decodes ? default : written[i], all, steps);
            reader.Read(symbol);
            if (!literal && symbol == EndOfPiece) break;
            literal = !literal && symbol == Literal;
            if (literal) continue;
            read.Add(symbol);
            if (read.Count > Sketch.MostPlaces) throw new InvalidDataException($"it holds a word of more than {Sketch.MostPlaces} bytes: it is damaged");
        }
        _idle.Add(reader);
        return [.. read];
    }

    private static byte[] Written(ReadOnlySpan<byte> piece)
    {
        List<byte> written = [];
        foreach (byte value in piece)
        {
            if (value >= Literal) written.Add(Literal);
            written.Add(value);
        }
        written.Add(EndOfPiece);
        return [.. written];
    }
}
