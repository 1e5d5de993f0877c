namespace Vestige.Images.Sources;

/// <summary>What sRGB can show.</summary>
internal static class Gamut
{
    // One step of 255 beyond 0 and 1, in linear light: where sRGB's curve is a line (IEC 61966-2-1), and above its end.
    private const double Below = -1 / (255 * 12.92), Above = 1.00895;

    /// <summary>How many colours need less than nothing or more than all of one of sRGB's primaries, by more than one step of 255.</summary>
    /// <param name="xyz">X, Y, Z under D50, one after the other; white has Y = 100.</param>
    internal static int CountOutside(ReadOnlySpan<float> xyz)
    {
        int outside = 0;
        for (int i = 0; i + 2 < xyz.Length; i += 3)
        {
            double x = xyz[i] / 100, y = xyz[i + 1] / 100, z = xyz[i + 2] / 100;
            // The inverse of sRGB's primaries adapted to D50 by Bradford's matrix (ICC's sRGB profile).
            double r = (3.1338561 * x) - (1.6168667 * y) - (0.4906146 * z);
            double g = (-0.9787684 * x) + (1.9161415 * y) + (0.0334540 * z);
            double b = (0.0719453 * x) - (0.2289914 * y) + (1.4052427 * z);
            if (Math.Min(r, Math.Min(g, b)) < Below || Math.Max(r, Math.Max(g, b)) > Above) outside++;
        }
        return outside;
    }
}
