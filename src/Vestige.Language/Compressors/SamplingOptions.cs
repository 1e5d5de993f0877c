using Vestige.Compressors;
using Vestige.Language.Transformer.Inference;

namespace Vestige.Language.Compressors;

/// <summary>How a model is sampled, as options of a compressor: they change q, so each setting is a row of its own.</summary>
internal static class SamplingOptions
{
    internal static IReadOnlyList<OptionSpec> All { get; } =
    [
        OptionSpec.Real("temperature", 0.01m, 10, 1, "logits are divided by it: under 1 sharper, over 1 flatter"),
        OptionSpec.Real("top_p", 0.001m, 1, 1, "smallest set of bytes with this probability is kept"),
        OptionSpec.Whole("top_k", 0, 256, 0, "so many most probable bytes are kept; 0: all"),
    ];

    internal static Sampling Of(CompressorSpec spec) => new(spec.Real("temperature"), spec.Whole("top_k"), spec.Real("top_p"));
}
