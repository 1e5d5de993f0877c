using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Registry;
using Vestige.Models.Llama;
using Vestige.Specs;

namespace Vestige.Models;

/// <summary>A model that somebody else trained, in a GGUF file, as a row.</summary>
public sealed class GgufCompressor : ICompressor<Passage>, IHasNotices
{
    private readonly GgufText _model;
    private readonly SamplingOptions _sampling;

    private GgufCompressor(Spec spec)
    {
        Name = spec.Name;
        _model = GgufText.Read(spec.Path!, new LlamaSettings(spec.Flag("flash"), spec.Choice("cache")), spec.WholeNumber("context"));
        _sampling = SamplingOptions.Of(spec);
    }

    /// <summary><c>gguf:FILE</c> and the options of drawing. Making one reads the file.</summary>
    public static CompressorRow<Passage> Row { get; } = new("gguf", "a model that others trained, run by llama.cpp; memory is told with --train and --heldout only",
        spec => new GgufCompressor(spec))
    {
        PathLabel = "FILE",
        Options =
        [
            OptionSpec.WholeNumber("context", 0, 1 << 20, 0, $"tokens of a window; 0 for the model's own, {LlamaModel.DefaultContext} at most"),
            OptionSpec.Flag("flash", "flash attention, as llama.cpp has it without a word; off, its sums are the more exact"),
            OptionSpec.Choice("cache", LlamaSettings.Caches, "what keys and values are kept in; llama.cpp takes f16 without a word, and the q with flash only"),
            .. SamplingOptions.Specs,
        ],
        WhyAbsent = LlamaLibrary.WhyAbsent,
        Version = LlamaLibrary.Version,
    };

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notices => [.. _model.Notices.Select(notice => $"{_model.Name} {notice}")];

    /// <inheritdoc/>
    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<WorkProgress>? progress, CancellationToken cancel) =>
        _model.Drawing(Name, _sampling, ModelCompressor.PassageBytesOf(training));
}
