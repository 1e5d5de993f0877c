using System.Globalization;
using Vestige.Pairs;
using Vestige.Results;

namespace Vestige.Images.Paired;

/// <summary>A measure of a reconstruction beside its original.</summary>
internal sealed record PictureMeasure(string Name, string Unit, bool MoreIsBetter, Func<PairedComparison, double> Of) : PairedMeasure(Name, Unit, MoreIsBetter);

/// <summary>What is measured of each reconstruction, one row a measure: to add one is to add a row.</summary>
internal static class PictureMeasures
{
    /// <summary>The first is the quality at which codecs are matched.</summary>
    internal static IReadOnlyList<PictureMeasure> All { get; } =
    [
        new("ssimulacra2", "score", true, found => found.Ssimulacra2 ?? double.NaN)
        {
            Label = "SSIMULACRA 2", IsMain = true, IsCompared = true, Decimals = 1,
            What = "Likeness of each reconstruction to its original as people judge it; 100 is the original itself, 90 hard to tell from it.",
        },
        // Squared errors have a mean where decibels of single images may be infinite.
        new("psnr", "dB", false, found => found.MeanSquaredError)
        {
            Label = "PSNR", IsMain = true, Decimals = 1, Show = Psnr.Decibels,
            What = "Peak signal over the root mean square of the error; infinite where nothing changed.",
        },
        Share("lost", "lost", "Of the original's detail (luma, weighted by visibility) what its reconstruction no longer has.",
            found => found.Detail.Total.Lost) with { IsMain = true, IsCompared = true },
        Share("invented", "invented", "Of the reconstruction's detail what its original does not have.",
            found => found.Detail.Total.Invented) with { IsMain = true, IsCompared = true },
        Share("visibleLost", "visible lost", "Of the original's detail what is lost and not hidden by what was kept.", found => found.Detail.Total.VisibleLost),
        Share("visibleInvented", "visible invented", "Of the reconstruction's detail what is invented and not hidden by what was kept.",
            found => found.Detail.Total.VisibleInvented),
        Share("colourLost", "colour lost", "Of the original's colour, fine and coarse, what its reconstruction no longer has.",
            found => found.Colour.Lost) with { IsMain = true },
        Share("colourInvented", "colour invented", "Of the reconstruction's colour what its original does not have.",
            found => found.Colour.Invented) with { IsMain = true },
        Share("tonesLost", "tones lost", "Of the original's brightness, in means over 16 pixels, what its reconstruction no longer has: it is darker.",
            found => found.Tones.Lost) with { IsMain = true },
        Share("tonesInvented", "tones invented", "Of the reconstruction's brightness, in means over 16 pixels, what its original does not have: it is brighter.",
            found => found.Tones.Invented) with { IsMain = true },
        new("shift", "pixels", false, found => found.Shift.IsOther ? double.NaN : Math.Max(Math.Abs(found.Shift.X), Math.Abs(found.Shift.Y)))
        {
            What = "How far the reconstruction as a whole has moved; none where the two do not show the same picture.",
            Remark = (shift, _, items) => shift.Mean.Value is { } mean and >= GlobalShift.Notable
                ? string.Create(CultureInfo.InvariantCulture, $"shifts {items} by {mean:0.0} pixels: the figures count that as loss and invention") : null,
        },
        Flag("substituted", "a place that became something else, as no other place did",
            "one place changed as no other did ({0}); look at it with vestige inspect", found => found.Substitution.IsFlagged),
        Flag("other", "nothing of the original in it", "the reconstruction does not show the same picture ({0})", found => found.Shift.IsOther),
        Flag("exchanged", "its colour channels in another order", "the channels red, green and blue are exchanged ({0})", found => found.Change.Exchanged is not null),
        Flag("range", "limited range (16 to 235) taken for full, or full for limited", "limited range was taken for full, or full for limited ({0})",
            found => found.Change.Range != RangeChange.None),
    ];

    private static PictureMeasure Share(string name, string label, string what, Func<PairedComparison, double> of) =>
        new(name, "share", false, of) { Label = label, What = what };

    /// <summary>Something that an image has or has not: the mean is the share of the images.</summary>
    private static PictureMeasure Flag(string name, string what, string words, Func<PairedComparison, bool> of) =>
        new(name, "share", false, found => of(found) ? 1 : 0)
        {
            What = $"Share of the documents with {what}.",
            Remark = (flagged, documents, items) => flagged.Mean.Value is > 0 and var share
                ? string.Create(CultureInfo.InvariantCulture, $"in {share * documents:0} of {documents} {items} ")
                    + string.Format(CultureInfo.InvariantCulture, words, Names.Printable(flagged.WorstDocument)) : null,
        };
}
