using Vestige.Images.Planes;

namespace Vestige.Images.Paired.Detail;

/// <summary>A map of detail lost (orange) and invented (blue) over the dimmed original; where both are much, it is white.</summary>
internal static class MapPicture
{
    /// <summary>Visible change a pixel at which a colour is at 63 % of its strength: the same in every map, so that maps compare.</summary>
    private const double Scale = 0.06;

    private const double Dimmed = 0.35;

    // Their sum is white, and they differ to all common kinds of colour vision.
    private static readonly double[] s_lost = [255, 130, 0], s_invented = [0, 125, 255];

    internal static Picture Of(Picture original, DetailMap map)
    {
        Plane lost = Strength(map.Lost), invented = Strength(map.Invented);
        return Of(original, (x, y) => (lost.Row(y / 2)[x / 2], invented.Row(y / 2)[x / 2]));
    }

    /// <summary>A picture in dark grey under the two colours.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="strengths">How strong the colour of what is lost, and that of what is invented, is at a pixel: 0 to 1.</param>
    internal static Picture Of(Picture picture, Func<int, int, (double Lost, double Invented)> strengths)
    {
        byte[] rgb = new byte[picture.Rgb.Length];
        for (int y = 0, i = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++, i += 3)
            {
                double grey = Dimmed * ((299 * picture.Rgb[i]) + (587 * picture.Rgb[i + 1]) + (114 * picture.Rgb[i + 2])) / 1000;
                (double a, double b) = strengths(x, y);
                for (int c = 0; c < 3; c++)
                    rgb[i + c] = (byte)Math.Min(255, (grey * (1 - Math.Max(a, b))) + (a * s_lost[c]) + (b * s_invented[c]) + 0.5);
            }
        }
        return new Picture(picture.Width, picture.Height, rgb);
    }

    /// <summary>Of a colour, 0 to 1, by means of 3 x 3: single coefficients are a grain that hides where the change is.</summary>
    private static Plane Strength(Plane map)
    {
        var strength = new Plane(map.Width, map.Height);
        for (int y = 0; y < map.Height; y++)
        {
            Span<float> above = map.Row(Math.Max(0, y - 1)), middle = map.Row(y), below = map.Row(Math.Min(map.Height - 1, y + 1)), to = strength.Row(y);
            for (int x = 0; x < map.Width; x++)
            {
                int left = Math.Max(0, x - 1), right = Math.Min(map.Width - 1, x + 1);
                float mean = (above[left] + above[x] + above[right] + middle[left] + middle[x] + middle[right] + below[left] + below[x] + below[right]) / 9;
                to[x] = (float)(1 - Math.Exp(-mean / Scale));
            }
        }
        return strength;
    }
}
