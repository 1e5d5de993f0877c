using System.Globalization;
using Vestige.Images.Exhibits;
using Vestige.Pairs;

namespace Vestige.Images.Paired;

/// <summary>The paired measures of images for an audit.</summary>
public sealed class PicturePairing : IPairing<Picture>
{
    /// <summary>Side of what is shown around the worst tile, pixels.</summary>
    private const int Shown = 96;

    /// <inheritdoc/>
    public IReadOnlyList<PairedMeasure> Measures => PictureMeasures.All;

    /// <inheritdoc/>
    public IPairedSide<Picture> Prepare(Picture original) => new Side(new PairedOriginal(original));

    private sealed class Side(PairedOriginal original) : IPairedSide<Picture>
    {
        public double[] Compare(Picture reconstruction)
        {
            PairedComparison found = original.Compare(reconstruction);
            return [.. PictureMeasures.All.Select(measure => measure.Of(found))];
        }

        public (string Caption, IReadOnlyList<(string Label, byte[] File)> Files) Show(Picture reconstruction)
        {
            PairedComparison found = original.Compare(reconstruction, map: true);
            TileReading worst = found.Worst;
            Picture map = found.Map(original.Picture)!;
            int x = worst.X + (TileReading.Side / 2), y = worst.Y + (TileReading.Side / 2);
            (byte[] whole, string? remark) = PictureExhibitor.Whole(map);
            string caption = string.Create(CultureInfo.InvariantCulture,
                $"It changed most at ({worst.X}, {worst.Y}), a tile that reads {worst.Kind.Words()} (visibly lost {worst.Lost:0.00}, invented "
                    + $"{worst.Invented:0.00}): from the left the original, the reconstruction, and what was lost (orange) and invented (blue).")
                + (remark is null ? "" : $" The map shows {remark}.");
            return (caption,
            [
                ("tiles", new PictureExhibitor().Mosaic([[Crop(original.Picture, x, y), Crop(reconstruction, x, y), Crop(map, x, y)]])),
                ("map", whole),
            ]);
        }

        private static Picture Crop(Picture from, int x, int y)
        {
            int width = Math.Min(Shown, from.Width), height = Math.Min(Shown, from.Height);
            int left = Math.Clamp(x - (width / 2), 0, from.Width - width), top = Math.Clamp(y - (height / 2), 0, from.Height - height);
            return PictureCutter.Window(from, left, top, width, height);
        }
    }
}
