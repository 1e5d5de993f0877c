namespace Vestige.Images.Jpeg;

/// <summary>The quantization tables of T.81, annex K, scaled as libjpeg does: what "quality 75" means nearly everywhere.</summary>
internal static class StandardTables
{
    private static ReadOnlySpan<byte> Luma =>
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    /// <summary>The quality from 1 to 100 that gives this table for luma; null where none does.</summary>
    internal static int? QualityOf(IReadOnlyList<int> steps)
    {
        for (int quality = 100; quality >= 1; quality--)
        {
            int scale = quality < 50 ? 5000 / quality : 200 - (2 * quality), i = 0;
            while (i < 64 && steps[i] == Math.Clamp(((Luma[i] * scale) + 50) / 100, 1, 255)) i++;
            if (i == 64) return quality;
        }
        return null;
    }
}
