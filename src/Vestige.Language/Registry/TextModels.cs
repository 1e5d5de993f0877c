using Vestige.Compressors;
using Vestige.Language.ContextMixing;
using Vestige.Language.Learning;
using Vestige.Language.NGrams;
using Vestige.Language.Ppm;
using Vestige.Language.Transformer;
using Vestige.Language.Transformer.Storage;

namespace Vestige.Language.Registry;

/// <summary>A kind of text model.</summary>
/// <param name="Compressor">Its name and options, and what trains it: an <see cref="ITextTrainer"/>.</param>
/// <param name="IsModel">Whether a file that starts so (16 bytes, or all of it) holds one.</param>
/// <param name="Read">Reads such a file, or throws <see cref="InvalidDataException"/>, whose message need not name it.</param>
internal sealed record TextModelKind(CompressorRow<Passage> Compressor, Func<byte[], bool> IsModel, Func<string, ITextModel> Read)
{
    /// <summary>What learns as it reads, and so codes files without a model; null for what must be trained first.</summary>
    internal LearnerKind? Learner { get; init; }
}

/// <summary>The registry of text models, for audits, <c>model:</c>, <c>train</c>, <c>sample</c>, <c>encode</c> and worlds alike.</summary>
/// <remarks>A new one needs p(next byte | text) and nothing else (<see cref="Sequential.SequentialText"/> of an <c>ITextReader</c>; of what learns as it reads
/// a <see cref="LearnerKind"/>); whatever is faster overrides the rest. That class also draws from a prompt and codes files, which worlds and <c>encode</c> ask
/// of a model.</remarks>
public static class TextModels
{
    internal static IReadOnlyList<TextModelKind> All { get; } =
    [
        new(NGramCompressor.Row, start => NGramText.IsModel(start), path => NGramText.Read(path, File.ReadAllBytes(path))),
        Of(new PpmKind()),
        Of(new MixerKind()),
        // The last: what a file is that is no model at all, its reader says best.
        new(TransformerCompressor.Row, _ => true, path => new TransformerText(path, ModelFile.Read(path), SamplingOptions.Plain, Sources.TextOptions.Default.PassageBytes)),
    ];

    /// <summary>The models as compressors; each can be trained by itself.</summary>
    public static IReadOnlyList<CompressorRow<Passage>> Rows { get; } = [.. All.Select(kind => kind.Compressor)];

    private static TextModelKind Of(LearnerKind kind) => new(
        LearnerCompressor.Row(kind), start => start.StartsWith(LearntFile.Magic(kind)), path => LearntFile.Read(path, kind, File.ReadAllBytes(path)))
    {
        Learner = kind,
    };
}
