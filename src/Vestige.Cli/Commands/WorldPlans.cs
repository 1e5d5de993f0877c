using Vestige.Calibrations;
using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Views;
using Vestige.Images.Worlds;
using Vestige.Language.Views;
using Vestige.Language.Worlds;
using Vestige.Specs;
using Vestige.Views;
using Vestige.Worlds;

namespace Vestige.Cli.Commands;

/// <summary>The experiments on the two worlds of the default audit: their compressors, and others made to measure.</summary>
internal static class WorldPlans
{
    private static readonly IAtomView<Picture> s_blocks = PictureViews.All.OfType<IAtomView<Picture>>().Single(view => view.Name == "blocks");

    /// <summary>The default audit's sizes and rows, some of them at other temperatures, and views whose atoms depend on each other.</summary>
    internal static IEnumerable<Experiment> Full() =>
    [
        .. Over(PictureWorlds.Sprites, "sprites:documents=8000", 2000, [.. DefaultAudit.Worlds[0].Compressors], s_blocks, ["jpeg:q=40", "jpeg:q=5", "nearest:scale=2"]),
        .. Over(TextWorlds.Facts, "facts:documents=8000", 2000, [.. DefaultAudit.Worlds[1].Compressors, "ngram:order=8,temperature=0.5", "ngram:order=12,temperature=0.5"],
            TextViews.Parse("words:2"), []),
    ];

    /// <summary>Small worlds, for a minute.</summary>
    internal static IEnumerable<Experiment> Quick() =>
    [
        .. Over(PictureWorlds.Sprites, "sprites:places=3,tones=6,documents=2400", 600, ["jpeg:q=20", "nearest:scale=2"], s_blocks, ["jpeg:q=20"]),
        .. Over(TextWorlds.Facts, "facts:people=16,phrasings=5,documents=2400", 600, ["ngram:order=10", "ngram:order=10,temperature=0.5"], TextViews.Parse("words:2"), []),
    ];

    private static IEnumerable<Experiment> Over<TItem>(
        World<TItem> row, string text, int units, IReadOnlyList<string> specs, IAtomView<TItem> other, IReadOnlyList<string> codecs)
    {
        var world = (IWorld<TItem>)row.Open(text, 1);
        var view = (IAtomView<TItem>)row.Views(world).First(v => v.Name == world.ItemView);
        ICompressor<TItem>[] Made(IReadOnlyList<string> texts) => [.. texts.SelectMany(spec => Spec.Parse(spec, [.. row.Compressors]))
            .Select(spec => ((CompressorRow<TItem>)spec.Row).Create(spec))];
        return
        [
            .. WorldExperiments.Over(world, view, Made(specs), units),
            .. WorldExperiments.Oracles(world, view, units),
            .. WorldExperiments.Over(world, other, Made(codecs), units),
            .. WorldExperiments.Oracles(world, other, units),
        ];
    }
}
