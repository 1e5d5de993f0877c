using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Vestige.Images.Interop;

namespace Vestige.Images.Sources;

/// <summary>A colour space that images are read in: its name in ICC profiles, its name in libvips, its channels.</summary>
internal sealed record ColourSpace(string Name, string Vips, int Bands)
{
    internal static readonly ColourSpace Grey = new("GRAY", "b-w", 1), Rgb = new("RGB", "srgb", 3), Cmyk = new("CMYK", "cmyk", 4);
}

/// <summary>An ICC profile, tried out on a grid of colours before it is used on an image.</summary>
/// <param name="Fault">Why it cannot be used, or null.</param>
/// <param name="IsSrgb">Whether it moves no colour of the grid by more than one step of 255. Most cameras embed sRGB: sending
/// their pixels through it would only add an error of rounding, and take time.</param>
internal sealed record ColourProfile(string? Fault, bool IsSrgb)
{
    // 16 steps of 17 hold 0 and 255; four channels make 65,536 colours.
    private const int Steps = 16;

    private static readonly ConcurrentDictionary<string, ColourProfile> s_known = new();

    /// <summary>Tries a profile out, once for all images that embed it.</summary>
    internal static ColourProfile Examine(byte[] profile, ColourSpace space)
    {
        // ICC.1:2010, 7.2.6: the profile's colour space, four letters padded with blanks.
        string own = profile.Length < 20 ? "" : Encoding.ASCII.GetString(profile, 16, 4).Trim();
        return own == space.Name
            ? s_known.GetOrAdd(Convert.ToHexString(SHA256.HashData(profile)), _ => TryOut(profile, space))
            : new ColourProfile($"its ICC profile is for \"{own}\" and the image is {space.Name}: not used", false);
    }

    /// <summary>The transform from an image's embedded profile to 8-bit sRGB: relative colorimetric with black point compensation.</summary>
    internal static VipsOperation ToSrgb(VipsImage image) => image.Apply("icc_transform")
        .Set("output-profile", "srgb")
        .Set("embedded", true)
        .Set("intent", "VipsIntent", "relative")
        .Set("black-point-compensation", true)
        .Set("depth", 8);

    private static ColourProfile TryOut(byte[] profile, ColourSpace space)
    {
        byte[] grid = Grid(space.Bands);
        List<string> warnings = [];
        bool same = space != ColourSpace.Cmyk;
        try
        {
            NativeLog.Collect(warnings, () =>
            {
                using var bare = VipsImage.FromSamples(grid.Length / space.Bands, 1, space.Bands, grid);
                bare.IccProfile = profile;
                using VipsImage image = bare.Apply("copy").Set("interpretation", "VipsInterpretation", space.Vips).BuildImage();
                using VipsImage moved = ToSrgb(image).BuildImage();
                moved.Read((_, _, samples) =>
                {
                    for (int i = 0; same && i < samples.Length; i++)
                        same = Math.Abs(samples[i] - grid[space.Bands == 3 ? i : i / 3]) <= 1;
                });
                return same;
            });
        }
        catch (VipsException)
        {
            warnings.Add("libvips cannot use it");
        }
        return warnings.Count == 0
            ? new ColourProfile(null, same)
            : new ColourProfile($"its ICC profile is not used ({string.Join("; ", warnings)})", false);
    }

    private static byte[] Grid(int bands)
    {
        int colours = 1;
        for (int i = 0; i < bands; i++) colours *= Steps;
        byte[] grid = new byte[colours * bands];
        for (int i = 0; i < colours; i++)
            for (int band = 0, rest = i; band < bands; band++, rest /= Steps)
                grid[(i * bands) + band] = (byte)(rest % Steps * 17);
        return grid;
    }
}
