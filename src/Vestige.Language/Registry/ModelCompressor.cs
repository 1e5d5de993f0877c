using Vestige.Compressors;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Language.Registry;

/// <summary>A model that was trained earlier, in a row of its own.</summary>
public sealed class ModelCompressor : IPretrained<Passage>, IHasNotices
{
    private readonly ITextModel _model;
    private readonly SamplingOptions _sampling;
    private readonly HashSet<UInt128> _documents;

    private ModelCompressor(Spec spec)
    {
        Name = spec.Name;
        _model = TextModelFile.Read(spec.Path!);
        _sampling = SamplingOptions.Of(spec);
        _documents = [.. _model.Documents];
    }

    /// <summary><c>model:FILE</c> and the options of drawing. Making one reads the file.</summary>
    public static CompressorRow<Passage> Row { get; } = new("model", "a model that vestige train wrote; honest with --train and --heldout only",
        spec => new ModelCompressor(spec))
    {
        PathLabel = "FILE",
        Options = SamplingOptions.Specs,
    };

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notices => [.. _model.Notices.Select(notice => $"{_model.Name} {notice}")];

    /// <inheritdoc/>
    public bool Knows(Entry<Passage> document) => Corpus.Hashes(document).Any(_documents.Contains);

    /// <inheritdoc/>
    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<WorkProgress>? progress, CancellationToken cancel) =>
        _model.Drawing(Name, _sampling, PassageBytesOf(training));

    /// <summary>Length of the passages that a model is to draw: that of what is audited.</summary>
    internal static int PassageBytesOf(Training<Passage> training)
    {
        ArgumentNullException.ThrowIfNull(training);
        IReadOnlyList<Passage> passages = DocumentText.Read(training.Documents).FirstOrDefault(read => read.Count > 0)
            ?? throw new UnusableDocumentException("there is no text to audit");
        return training.Documents[0].Source.Medium.FullSize ?? passages[0].Length;
    }
}
