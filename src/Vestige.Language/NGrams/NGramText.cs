using System.Globalization;
using Vestige.Language.Sequential;

namespace Vestige.Language.NGrams;

/// <summary>The distribution over passages that an n-gram model and a way of drawing from it make.</summary>
public sealed class NGramText : SequentialText
{
    private readonly NGramModel _model;

    internal NGramText(string name, NGramModel model, long descriptionBytes, SamplingOptions sampling, int passageBytes, IReadOnlyList<UInt128> documents)
        : base(name, sampling, passageBytes, documents)
    {
        _model = model;
        DescriptionBytes = descriptionBytes;
    }

    /// <inheritdoc/>
    public override string Summary => string.Create(CultureInfo.InvariantCulture, $"n-grams of up to {Order} bytes, {StoredNGrams:N0} stored");

    /// <summary>Bytes of the counts as stored.</summary>
    public override long? DescriptionBytes { get; }

    /// <summary>Bytes of the longest n-grams.</summary>
    public int Order => _model.Order;

    /// <summary>N-grams that are stored.</summary>
    public long StoredNGrams => _model.Counts.Stored;

    /// <summary>Whether a file that starts so is an n-gram model.</summary>
    public static bool IsModel(ReadOnlySpan<byte> start) => NGramFile.Is(start);

    /// <summary>Reads a model that <see cref="Write"/> wrote; it draws as it is.</summary>
    /// <param name="name">For the row and the passages drawn.</param>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="InvalidDataException">It is none, or damaged, or newer than this program; the message says which, without a name.</exception>
    public static NGramText Read(string name, ReadOnlySpan<byte> bytes)
    {
        (NGramCounts counts, int passageBytes, IReadOnlyList<UInt128> documents) = NGramFile.Read(bytes);
        return new NGramText(name, new NGramModel(counts), NGramFile.SizeOf(counts), SamplingOptions.Plain, passageBytes, documents);
    }

    /// <inheritdoc/>
    public override ITextModel Drawing(string name, SamplingOptions sampling, int passageBytes) =>
        new NGramText(name, _model, DescriptionBytes!.Value, sampling, passageBytes, Documents);

    /// <inheritdoc/>
    public override void Write(Stream stream) => NGramFile.Write(stream, _model.Counts, PassageBytes, Documents);

    internal override ITextReader Open() => new NGramReader(_model);
}
