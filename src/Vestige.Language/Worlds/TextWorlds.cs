using Vestige.Language.NGrams;
using Vestige.Language.Transformer;
using Vestige.Language.Views;
using Vestige.Worlds;

namespace Vestige.Language.Worlds;

/// <summary>The registry of worlds of text.</summary>
public static class TextWorlds
{
    /// <summary>Sentences about people.</summary>
    public static World<Passage> Facts { get; } = new("facts", FactsOptions.Table, (spec, seed) => new FactsWorld(
        new FactsOptions(spec.Whole("people"), spec.Whole("relations"), spec.Whole("phrasings"), spec.Whole("values"), spec.Real("s")),
        spec.Whole("documents"), seed))
    {
        Compressors = [SentenceCompressor.Of(NGramCompressor.Row), SentenceCompressor.Of(TransformerCompressor.Row)],
        Views = _ => [TextViews.Parse("passages"), TextViews.Parse("words:2")],
        StoredBytes = passage => passage.Length,
    };
}
