using System.Globalization;
using Vestige.Images.Paired.Detail;
using Vestige.Images.Paired.Ssimulacra;
using Vestige.Images.Planes;
using Vestige.Pairs;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Images.Paired;

/// <summary>A measure of a reconstruction beside its original.</summary>
internal sealed record PictureMeasure(string Name, string Unit, bool MoreIsBetter, Func<PairedComparison, double> Of) : PairedMeasure(Name, Unit, MoreIsBetter)
{
    /// <summary>Which of the two tables of an inspection has it; null for none.</summary>
    internal InspectionTable? Table { get; init; }

    /// <summary>What makes it alone, for a search that asks for nothing else; null for what no search aims at.</summary>
    internal MeasureAlone? Alone { get; init; }
}

/// <summary>A measure that can be aimed at.</summary>
/// <param name="Stride">How many steps of a quality from 0 to 100 one of it, as people read it, is worth, about: a search starts with it and goes on with what it
/// finds.</param>
/// <param name="Prepare">Makes the original's side; throws <see cref="UnusableDocumentException"/> where the original has no such measure. Gives the value that
/// <see cref="PictureMeasure.Of"/> gives.</param>
internal sealed record MeasureAlone(double Stride, Func<Picture, Func<Picture, double>> Prepare)
{
    /// <summary>What people may aim at: outside of it every coding meets a target, or none does.</summary>
    internal (double Least, double Most) Range { get; init; } = (0, 1);

    /// <summary>The same in words.</summary>
    internal string RangeInWords => double.IsInfinity(Range.Least) ? string.Create(CultureInfo.InvariantCulture, $"{Range.Most} at most")
        : double.IsInfinity(Range.Most) ? string.Create(CultureInfo.InvariantCulture, $"{Range.Least} or more")
        : string.Create(CultureInfo.InvariantCulture, $"{Range.Least} to {Range.Most}");
}

/// <summary>The tables of measures of an inspection.</summary>
public enum InspectionTable
{
    /// <summary>Of the whole picture.</summary>
    Figures,

    /// <summary>Beside how its tiles read.</summary>
    Tiles,
}

/// <summary>What is measured of each reconstruction, one row a measure: to add one is to add a row.</summary>
internal static class PictureMeasures
{
    /// <summary>The first is the quality at which codecs are matched.</summary>
    internal static IReadOnlyList<PictureMeasure> All { get; } =
    [
        new("ssimulacra2", "score", true, found => found.Ssimulacra2 ?? double.NaN)
        {
            Label = "SSIMULACRA 2", IsMain = true, IsCompared = true, IsStudied = true, Decimals = 1,
            Table = InspectionTable.Figures, Alone = new MeasureAlone(1.2, Scored) { Range = (double.NegativeInfinity, 100) },
            What = "Likeness of each reconstruction to its original as people judge it; 100 is the original itself, 90 hard to tell from it.",
        },
        // Squared errors have a mean where decibels of single images may be infinite.
        new("psnr", "dB", false, found => found.MeanSquaredError)
        {
            Label = "PSNR", IsMain = true, IsStudied = true, Decimals = 1, Show = Psnr.Decibels,
            Table = InspectionTable.Figures,
            Alone = new MeasureAlone(4, original => reconstruction => Psnr.MeanSquaredError(original, reconstruction)) { Range = (0, double.PositiveInfinity) },
            What = "Peak signal over the root mean square of the error; infinite where nothing changed.",
        },
        Detail("lost", "lost", "Of the original's detail (luma, weighted by visibility) what its reconstruction no longer has.", 100, sums => sums.Lost)
            with { IsMain = true, IsCompared = true, IsStudied = true },
        Detail("invented", "invented", "Of the reconstruction's detail what its original does not have.", 100, sums => sums.Invented)
            with { IsMain = true, IsCompared = true, IsStudied = true },
        Detail("visibleLost", "visible lost", "Of the original's detail what is lost and not hidden by what was kept.", 200, sums => sums.VisibleLost),
        Detail("visibleInvented", "visible invented", "Of the reconstruction's detail what is invented and not hidden by what was kept.", 200,
            sums => sums.VisibleInvented),
        Share("colourLost", "colour lost", "Of the original's colour, fine and coarse, what its reconstruction no longer has.",
            found => found.Colour.Lost) with { IsMain = true, Table = InspectionTable.Tiles },
        Share("colourInvented", "colour invented", "Of the reconstruction's colour what its original does not have.",
            found => found.Colour.Invented) with { IsMain = true, Table = InspectionTable.Tiles },
        Share("tonesLost", "tones lost", "Of the original's brightness, in means over 16 pixels, what its reconstruction no longer has: it is darker.",
            found => found.Tones.Lost) with { IsMain = true, Table = InspectionTable.Tiles },
        Share("tonesInvented", "tones invented", "Of the reconstruction's brightness, in means over 16 pixels, what its original does not have: it is brighter.",
            found => found.Tones.Invented) with { IsMain = true, Table = InspectionTable.Tiles },
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

    private static PictureMeasure Detail(string name, string label, string what, double stride, Func<DetailSums, double> of) =>
        Share(name, label, what, found => of(found.Detail.Total)) with
        {
            Table = InspectionTable.Figures,
            Alone = new MeasureAlone(stride, original =>
            {
                Plane luma = Luma.Of(original);
                return reconstruction => of(DetailComparison.Of(luma, Luma.Of(reconstruction), map: false).Total);
            }),
        };

    private static Func<Picture, double> Scored(Picture original) => Math.Min(original.Width, original.Height) < Ssimulacra2.SmallestSide
        ? throw new UnusableDocumentException($"has {original.Width} x {original.Height} pixels, and SSIMULACRA 2 needs {Ssimulacra2.SmallestSide} a side")
        : new Ssimulacra2(original).Score;

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
