using System.Diagnostics;
using Vestige.Compressors;
using Vestige.Numerics;

namespace Vestige.Language.Sketches;

/// <summary>How the pieces that a sketch keeps are chosen, and how the others are said.</summary>
/// <param name="Keep">The share of T's pieces that is kept, above 0, at most 1.</param>
/// <param name="ByFrequency">True: the least frequent; false: those that cost most between all others.</param>
/// <param name="IsExact">Whether the length of each gap is kept.</param>
/// <param name="Seed">Of what is drawn; null: the most probable filling.</param>
internal sealed record SketchOptions(double Keep, bool ByFrequency, bool IsExact, ulong? Seed)
{
    /// <summary>The chance that the model gives each piece of a text.</summary>
    internal double[] Chances(Trigrams model, Company company, IReadOnlyList<int> symbols) =>
        ByFrequency ? PieceCosts.ByFrequency(model, symbols) : PieceCosts.BetweenOthers(model, company, symbols);
}

/// <summary>A lossy codec of text: it keeps the pieces that cost most, with their places, and has a model say the rest.</summary>
/// <param name="model">The model.</param>
/// <param name="most">The highest chance of what is kept.</param>
/// <param name="options">How it is chosen and said.</param>
internal sealed class SketchCodec(SketchModel model, double most, SketchOptions options) : ICodec<Passage>, IIdentified
{
    private readonly Lazy<(long Bytes, string Hash)> _written = new(() => Written(model));

    /// <summary>Bytes of the model, without which no sketch can be read.</summary>
    public long? DescriptionBytes => _written.Value.Bytes;

    /// <inheritdoc/>
    public string Identity => _written.Value.Hash;

    /// <inheritdoc/>
    public Coded<Passage> Code(Passage item)
    {
        ArgumentNullException.ThrowIfNull(item);
        long start = Stopwatch.GetTimestamp();
        byte[] coded = Encode(item);
        long middle = Stopwatch.GetTimestamp();
        Passage decoded = Decode(coded, item.Document, item.Offset);
        return new Coded<Passage>(coded.Length, decoded, Stopwatch.GetElapsedTime(start, middle).TotalSeconds, Stopwatch.GetElapsedTime(middle).TotalSeconds);
    }

    internal SketchModel Model => model;

    internal byte[] Encode(Passage item) => model.Coder.Encode(SketchOf(item));

    /// <summary>What is kept of a passage.</summary>
    internal Sketch SketchOf(Passage item)
    {
        List<ReadOnlyMemory<byte>> pieces = Pieces.Of(item.Bytes);
        double[] chances = options.Chances(model.Texts, model.Company, model.Vocabulary.NumbersOf(pieces));
        return Sketch.Of(pieces, [.. chances.Select(chance => chance <= most)], options.IsExact);
    }

    /// <summary>The text that a coded sketch stands for: the same for the same bytes and seed.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another model.</exception>
    internal Passage Decode(byte[] coded, string document, long offset)
    {
        Sketch sketch = model.Coder.Decode(coded);
        Queue<ReadOnlyMemory<byte>> unknown = new(sketch.Places.OfType<ReadOnlyMemory<byte>>().Where(piece => model.Vocabulary.NumberOf(piece.Span) == Vocabulary.Unknown));
        List<byte> text = [];
        foreach (int symbol in Say(sketch, coded)) text.AddRange((symbol == Vocabulary.Unknown ? unknown.Dequeue() : model.Vocabulary.PieceOf(symbol)).Span);
        return new Passage(text.ToArray(), document, offset);
    }

    /// <summary>The sketch of a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another model.</exception>
    internal Sketch Read(byte[] coded) => model.Coder.Decode(coded);

    private int[] Say(Sketch sketch, byte[] coded)
    {
        var lattice = new Lattice(model.Texts, model.Company, model.Vocabulary, sketch.Known(model.Vocabulary), options.IsExact);
        if (options.Seed is not { } seed) return lattice.MostProbable();
        foreach (byte value in coded) seed = Rng.Mix(seed, value);
        var rng = new Rng(seed);
        return lattice.Draw(ref rng);
    }

    private static (long, string) Written(SketchModel model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return (stream.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream.ToArray())));
    }
}
