using Vestige.Images.Planes;

namespace Vestige.Images.Paired.Detail;

/// <summary>Where visible detail was lost and where it was invented, at half the image's resolution.</summary>
/// <param name="Lost">At each square of 2 x 2 pixels, what was lost there a pixel: each level's spread evenly over the pixels it stands for.</param>
/// <param name="Invented">The same of what was invented.</param>
internal sealed record DetailMap(Plane Lost, Plane Invented)
{
    /// <summary>Adds coarser levels onto finer ones: each coefficient over the four that cover the same pixels.</summary>
    /// <param name="levels">A map a level, the finest first; that one is changed and returned.</param>
    internal static Plane Merge(ReadOnlySpan<Plane> levels)
    {
        for (int level = levels.Length - 1; level > 0; level--)
        {
            Plane coarse = levels[level], fine = levels[level - 1];
            for (int y = 0; y < fine.Height; y++)
            {
                Span<float> to = fine.Row(y)[..fine.Width];
                ReadOnlySpan<float> from = coarse.Row(y / 2);
                for (int x = 0; x < to.Length; x++) to[x] += from[x / 2];
            }
        }
        return levels[0];
    }
}
