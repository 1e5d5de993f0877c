using Vestige.Language.Registry;
using Vestige.Language.Sketches;
using Vestige.Language.Views;
using Vestige.Worlds;

namespace Vestige.Language.Worlds;

/// <summary>The registry of worlds of text.</summary>
public static class TextWorlds
{
    /// <summary>A sentence as one atom.</summary>
    internal static WholePassages Sentences { get; } = new("sentences", "sentence");

    private static WholePassages Strings { get; } = new("strings", "string");

    /// <summary>Sentences about people.</summary>
    public static World<Passage> Facts { get; } = new("facts", FactsOptions.Table, (spec, seed) => new FactsWorld(
        new FactsOptions(spec.WholeNumber("people"), spec.WholeNumber("relations"), spec.WholeNumber("phrasings"), spec.WholeNumber("values"), spec.Number("s")),
        spec.WholeNumber("documents"), seed))
    {
        Compressors = [.. TextModels.Rows.Select(SentenceCompressor.Of), SketchCompressor.Row],
        Views = _ => [Sentences, TextViews.Parse("words:2")],
        Shuffle = ShuffledWords.Of,
        StoredBytes = passage => passage.Length,
    };

    /// <summary>Strings at random.</summary>
    public static World<Passage> Noise { get; } = new("noise", NoiseWorld.Table, (spec, seed) =>
        new NoiseWorld(spec.WholeNumber("length"), spec.WholeNumber("symbols"), spec.WholeNumber("documents"), seed))
    {
        Compressors = [.. TextModels.Rows.Select(SentenceCompressor.Of), SketchCompressor.Row],
        Views = _ => [Strings, TextViews.Parse("chars:4")],
        StoredBytes = passage => passage.Length,
    };
}
