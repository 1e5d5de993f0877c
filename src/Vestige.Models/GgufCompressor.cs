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
        _model = Read(spec);
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

    /// <summary>A model outside of an audit, by the name that an audit takes; it draws as it is.</summary>
    /// <exception cref="SpecException">The name is wrong, or says how to draw.</exception>
    /// <exception cref="InvalidDataException">The file cannot be used; the message names it and says why.</exception>
    public static GgufText Open(string name)
    {
        Spec[] specs = [.. Spec.Parse(name, [Row])];
        if (specs.Length != 1) throw new SpecException($"\"{name}\" names {specs.Length} models: name one.");
        if (SamplingOptions.Of(specs[0]) != SamplingOptions.Plain)
            throw new SpecException($"\"{name}\": temperature, top_p and top_k are no part of a name here; vestige sample has --temperature, --top-p and --top-k.");
        return Read(specs[0]);
    }

    private static GgufText Read(Spec spec) => GgufText.Read(spec.Path!, new LlamaSettings(spec.Flag("flash"), spec.Choice("cache")), spec.WholeNumber("context"));

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notices => [.. _model.Notices.Select(notice => $"{_model.Name} {notice}")];

    /// <inheritdoc/>
    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<WorkProgress>? progress, CancellationToken cancel) =>
        _model.Drawing(Name, _sampling, ModelCompressor.PassageBytesOf(training));
}
