using Vestige.Specs;

namespace Vestige.Language.Transformer.Parameters;

/// <summary>The Transformer's settings as options of a compressor.</summary>
internal static class TransformerOptions
{
    private static readonly GptOptions s_default = new();

    /// <summary>The numbers whose range is the whole of what is allowed, with where they stand in a record that came from elsewhere.</summary>
    internal static IReadOnlyList<(OptionSpec Option, Func<GptOptions, double> Value)> Numbers { get; } =
    [
        (OptionSpec.WholeNumber("layers", 1, 64, s_default.Layers, "blocks"), options => options.Layers),
        (OptionSpec.WholeNumber("width", 16, 4096, s_default.Width, "width of the residual stream, a multiple of 16 x heads"), options => options.Width),
        (OptionSpec.WholeNumber("heads", 1, 64, s_default.Heads, "attention heads"), options => options.Heads),
        (OptionSpec.WholeNumber("context", 8, 4096, s_default.Context, "bytes of a window"), options => options.Context),
        (OptionSpec.WholeNumber("ngram_rows", 1, 1 << 20, s_default.NgramRows, "rows of each hashed table"), options => options.NgramRows),
        (OptionSpec.Number("dropout", 0, 0.99m, (decimal)s_default.Dropout, "share of each branch dropped while training"), options => options.Dropout),
        (OptionSpec.Number("mask", 0, 0.99m, (decimal)s_default.Mask, "share of the input bytes hidden while training"), options => options.Mask),
        (OptionSpec.Number("decay", 0, 100, (decimal)s_default.Decay, "decoupled weight decay"), options => options.Decay),
        (OptionSpec.WholeNumber("batch", 1, 4096, s_default.Batch, "windows in a step"), options => options.Batch),
        (OptionSpec.WholeNumber("steps", 1, 100_000_000, s_default.Steps, "steps to train for"), options => options.Steps),
        (OptionSpec.Number("warmup", 0, 1, (decimal)s_default.WarmUp, "share of the run over which the rate rises"), options => options.WarmUp),
        (OptionSpec.Number("cooldown", 0, 1, (decimal)s_default.CoolDown, "share of the run over which it falls"), options => options.CoolDown),
        (OptionSpec.Number("final_lr", 0, 1, (decimal)s_default.FinalRate, "share of the peak that is left at the end"), options => options.FinalRate),
        (OptionSpec.Number("clip", 0, 1_000_000, (decimal)s_default.Clip, "greatest norm of a gradient; 0: none"), options => options.Clip),
        (OptionSpec.WholeNumber("evaluations", 0, 100_000, s_default.Evaluations, "how often a slice of T is scored; 0: never"), options => options.Evaluations),
        (OptionSpec.WholeNumber("patience", 0, 100_000, s_default.Patience, "evaluations without a new best before it stops; 0: never"), options => options.Patience),
    ];

    internal static IReadOnlyList<OptionSpec> All { get; } =
    [
        Of("layers"),
        Of("width"),
        Of("heads"),
        Of("context"),
        OptionSpec.Choice("norm", ["rms", "layer"], "normalization before each branch"),
        OptionSpec.Choice("positions", ["rotary", "learned"], "how the model knows where a byte stands"),
        OptionSpec.Choice("activation", ["gelu", "relu2", "swiglu"], "nonlinearity of the feed-forward branch"),
        OptionSpec.Flag("qk_norm", "queries and keys of unit length"),
        OptionSpec.Flag("untied", "an output layer of its own instead of the input embedding's weights"),
        OptionSpec.Flag("bias", "additive terms in linear and normalization layers"),
        // Of these 0 stands for something that a record has no number for, or has one of its own.
        OptionSpec.WholeNumber("ngram", 0, 8, s_default.Ngram, "adds hashed embeddings of the last 2 .. n bytes; 0: none"),
        Of("ngram_rows"),
        Of("dropout"),
        Of("mask"),
        OptionSpec.Choice("optimizer", ["muon", "adamw"], "how weights follow gradients"),
        OptionSpec.Number("lr", 0, 1, 0, $"peak learning rate; 0: {Rate(OptimizerKind.Muon)} for muon, {Rate(OptimizerKind.AdamW)} for adamw"),
        Of("decay"),
        Of("batch"),
        Of("steps"),
        OptionSpec.Number("minutes", 0, 100_000, 0, "minutes to train for instead of steps; such a run does not repeat exactly"),
        Of("warmup"),
        Of("cooldown"),
        Of("final_lr"),
        Of("clip"),
        OptionSpec.WholeNumber("seed", 0, int.MaxValue, (long)s_default.Seed, "seed of weights and order"),
        Of("evaluations"),
        OptionSpec.WholeNumber("threads", 0, 1024, 0, "parts that a step is cut into, part of what a run repeats with; 0: as many as processors") with { Hidden = true },
        Of("patience"),
    ];

    private static OptionSpec Of(string name) => Numbers.First(number => number.Option.Name == name).Option;

    private static string Rate(OptimizerKind optimizer) => GptOptions.DefaultRate(optimizer).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The settings that a specification names.</summary>
    /// <exception cref="SpecException">They do not fit each other.</exception>
    internal static GptOptions Of(Spec spec)
    {
        var options = new GptOptions
        {
            Layers = spec.WholeNumber("layers"),
            Width = spec.WholeNumber("width"),
            Heads = spec.WholeNumber("heads"),
            Context = spec.WholeNumber("context"),
            Normalization = spec.Choice("norm") == "rms" ? Normalization.Rms : Normalization.Layer,
            Positions = spec.Choice("positions") == "rotary" ? Positions.Rotary : Positions.Learned,
            Activation = spec.Choice("activation") switch
            {
                "gelu" => Activation.Gelu,
                "relu2" => Activation.Relu2,
                _ => Activation.SwiGlu,
            },
            QkNorm = spec.Flag("qk_norm"),
            Tied = !spec.Flag("untied"),
            Bias = spec.Flag("bias"),
            Ngram = spec.WholeNumber("ngram"),
            NgramRows = spec.WholeNumber("ngram_rows"),
            Dropout = spec.Number("dropout"),
            Mask = spec.Number("mask"),
            Optimizer = spec.Choice("optimizer") == "muon" ? OptimizerKind.Muon : OptimizerKind.AdamW,
            Decay = spec.Number("decay"),
            Batch = spec.WholeNumber("batch"),
            Steps = spec.WholeNumber("steps"),
            Minutes = spec.Number("minutes") > 0 ? spec.Number("minutes") : null,
            WarmUp = spec.Number("warmup"),
            CoolDown = spec.Number("cooldown"),
            FinalRate = spec.Number("final_lr"),
            Clip = spec.Number("clip"),
            Seed = (ulong)spec.WholeNumber("seed"),
            Evaluations = spec.WholeNumber("evaluations"),
            Patience = spec.WholeNumber("patience"),
        };
        if (spec.WholeNumber("threads") is > 0 and int threads) options = options with { Threads = threads };
        options = options with { LearningRate = spec.Number("lr") is > 0 and var rate ? rate : GptOptions.DefaultRate(options.Optimizer) };
        try
        {
            options.Validate();
        }
        catch (ArgumentException e)
        {
            throw new SpecException($"{spec.Name}: {e.Message}", e);
        }
        return options;
    }
}
