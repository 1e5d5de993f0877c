using System.Buffers.Binary;
using Vestige.Images.Containers;

namespace Vestige.Images.Sources;

/// <summary>Colours that a PNG states by its chunks gAMA and cHRM (ISO 15948, 11.3.2). libvips passes them over.</summary>
internal static class PngColour
{
    // In hundred thousandths, as the file has them: 1 / 2.2, which stands for sRGB's curve, and how far from it still does.
    private const int Standard = 45455, Near = 500;

    private static readonly int[] s_srgb = [64000, 33000, 30000, 60000, 15000, 6000, 31270, 32900];

    /// <summary>The profile that says the same; null where nothing is stated, where that is sRGB, or where it cannot be.</summary>
    internal static byte[]? Profile(ReadOnlySpan<byte> file)
    {
        int gamma = Standard;
        int[] primaries = s_srgb;
        foreach (Piece chunk in Piece.OfPng(file))
        {
            ReadOnlySpan<byte> content = chunk.Of(file);
            // sRGB's own chunk goes before both.
            if (chunk.Type is "sRGB") return null;
            if (chunk.Type is "gAMA" && content.Length >= 4) gamma = BinaryPrimitives.ReadInt32BigEndian(content);
            if (chunk.Type is "cHRM" && content.Length >= 32) primaries = Chromaticities(content);
            if (chunk.Type is "IDAT") break;
        }
        bool standardCurve = Math.Abs(gamma - Standard) <= Near;
        if (standardCurve && primaries.Zip(s_srgb, (a, b) => Math.Abs(a - b)).Max() <= Near) return null;
        // Outside these a file was written by mistake, and says nothing.
        if (gamma is < 20_000 or > 200_000 || primaries.Any(p => p is <= 0 or >= 100_000)) return null;
        return IccProfile.OfPrimaries("gAMA and cHRM of a PNG", [.. primaries.Select(p => p / 100_000.0)], standardCurve ? ColourCode.SrgbCurve : [100_000.0 / gamma]);
    }

    /// <summary>Red, green, blue, white: the file has white first.</summary>
    private static int[] Chromaticities(ReadOnlySpan<byte> chunk)
    {
        int[] values = new int[8];
        for (int i = 0; i < 8; i++) values[i] = BinaryPrimitives.ReadInt32BigEndian(chunk[(4 * i)..]);
        return [.. values[2..], .. values[..2]];
    }
}
