using Vestige.Language.Coding;

namespace Vestige.Language.Sketches;

/// <summary>Sketches as bytes: pieces and gaps one after the other by their probability behind the two before them, with an arithmetic coder.</summary>
/// <remarks>A file has no header: what it takes to read it, <see cref="SketchModel"/> holds, and it ends itself.
/// One that is damaged decodes to another sketch or is refused.</remarks>
/// <param name="vocabulary">The pieces.</param>
/// <param name="model">Of sketches: what follows what in those of T.</param>
/// <param name="spelling">For pieces that are not known.</param>
internal sealed class SketchCoder(Vocabulary vocabulary, Trigrams model, Spelling spelling)
{
    internal byte[] Encode(Sketch sketch)
    {
        using var to = new MemoryStream();
        var coder = new RangeEncoder(to);
        var steps = new EncodingSteps(coder);
        (int first, int second) = (Vocabulary.Start, Vocabulary.Start);
        using IEnumerator<ReadOnlyMemory<byte>?> pieces = sketch.Places.Where(place => place is not null).GetEnumerator();
        foreach (int symbol in sketch.Coded(vocabulary).Append(Vocabulary.End))
        {
            Cumulative all = model.Behind(first, second);
            uint below = all.Below(symbol);
            coder.Encode(below, all.Below(symbol + 1) - below, Cumulative.Total);
            if (Vocabulary.PlacesOf(symbol) == 0 && pieces.MoveNext() && symbol == Vocabulary.Unknown) spelling.Code(pieces.Current!.Value.Span, steps);
            (first, second) = (second, symbol);
        }
        coder.End();
        return to.ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another model.</exception>
    internal Sketch Decode(byte[] coded)
    {
        using var from = new MemoryStream(coded, writable: false);
        var coder = new RangeDecoder(from);
        var steps = new DecodingSteps(coder);
        List<ReadOnlyMemory<byte>?> places = [];
        (int first, int second) = (Vocabulary.Start, Vocabulary.Start);
        while (true)
        {
            Cumulative all = model.Behind(first, second);
            int symbol = all.At(coder.Place(Cumulative.Total));
            uint below = all.Below(symbol);
            coder.Take(below, all.Below(symbol + 1) - below, Cumulative.Total);
            if (symbol == Vocabulary.End) return new Sketch(places);
            if (symbol == Vocabulary.Start) throw new InvalidDataException("it begins again before it ends: it is damaged, or of another model");
            int gap = Vocabulary.PlacesOf(symbol);
            if (places.Count + Math.Max(1, gap) > Sketch.MostPlaces)
                throw new InvalidDataException($"it says that it has more than {Sketch.MostPlaces} words: it is damaged, or of another model");
            if (gap == 0) places.Add(symbol == Vocabulary.Unknown ? spelling.Code(default, steps) : vocabulary.PieceOf(symbol));
            for (; gap > 0; gap--) places.Add(null);
            (first, second) = (second, symbol);
        }
    }
}
