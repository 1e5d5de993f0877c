using System.Collections.Concurrent;
using System.Security.Cryptography;
using Vestige.Images.Interop;

namespace Vestige.Images.Sources;

/// <summary>An ICC profile, tried out on a grid of colours before it is used on an image.</summary>
/// <param name="Notice">Why it is passed over, though that is no fault: it belongs to another colour space. Null where it is used.</param>
/// <param name="Fault">Why the colours of an image with it cannot be told; null where they can.</param>
/// <param name="IsSrgb">Whether it moves no colour of the grid by more than one step of 255. Most cameras embed sRGB: sending
/// their pixels through it would only add an error of rounding, and take time.</param>
/// <param name="Intent">The rendering intent that it supports, of <see cref="s_intents"/> the first.</param>
/// <param name="IsWide">Whether a colour of the grid lies outside sRGB.</param>
internal sealed record ColourProfile(string? Notice, string? Fault, bool IsSrgb, string Intent, bool IsWide)
{
    // 16 steps of 17 hold 0 and 255; four channels make 65,536 colours.
    private const int Steps = 16;

    /// <summary>Name in libvips of the profile that is assumed for CMYK without one.</summary>
    private const string AssumedCmyk = "cmyk";

    // Profiles of look-up tables may support one only: the XYB profile of jpegli "perceptual".
    private static readonly string[] s_intents = ["relative", "perceptual", "saturation", "absolute"];

    private static readonly ConcurrentDictionary<string, ColourProfile> s_known = new();

    private static readonly Lazy<string> s_assumed = new(() => IccProfile.Description(
        new VipsOperation("profile_load").Set("name", AssumedCmyk).BuildBuffer("profile")));

    /// <summary>What is said of CMYK without a profile.</summary>
    internal static string AssumedNotice => $"is CMYK without a colour profile: libvips' \"{s_assumed.Value}\" was assumed";

    /// <summary>What is said of brightness beyond white.</summary>
    internal static string HdrFault(string range) =>
        $"is HDR ({range}): it codes brightness beyond white, which the measures here do not know; convert it to SDR, in a way that you choose";

    /// <summary>Tries a profile out, once for all images that embed it.</summary>
    internal static ColourProfile Examine(byte[] profile, ColourSpace space)
    {
        string own = IccProfile.Space(profile);
        return own.Length > 0 && own != space.Name
            ? new ColourProfile($"its ICC profile is for \"{own}\" and the image is {space.Name}: not used", null, true, s_intents[0], false)
            : s_known.GetOrAdd(Convert.ToHexString(SHA256.HashData(profile)), _ => TryOut(profile, space));
    }

    /// <summary>The transform from an image's embedded profile to 8-bit sRGB, with black point compensation.</summary>
    internal VipsOperation ToSrgb(VipsImage image) => ToSrgb(image, Intent);

    /// <summary>The transform of CMYK without a profile.</summary>
    internal static VipsOperation AssumedToSrgb(VipsImage image) =>
        ToSrgb(image, s_intents[0]).Set("embedded", false).Set("input-profile", AssumedCmyk);

    /// <summary>The share of an image's pixels that lie outside sRGB by more than one step of 255 in some channel.</summary>
    /// <param name="image">The image, with this profile embedded.</param>
    internal double OutsideSrgb(VipsImage image) => IsWide ? Outside(image, Intent) : 0;

    private static double Outside(VipsImage image, string intent)
    {
        using VipsImage xyz = image.Apply("icc_import").Set("embedded", true).Set("intent", "VipsIntent", intent).Set("pcs", "VipsPCS", "xyz").BuildImage();
        long outside = 0;
        xyz.Read((_, _, samples) => outside += Gamut.CountOutside(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(samples)));
        return (double)outside / ((long)image.Width * image.Height);
    }

    private static VipsOperation ToSrgb(VipsImage image, string intent) => image.Apply("icc_transform")
        .Set("output-profile", "srgb")
        .Set("embedded", true)
        .Set("intent", "VipsIntent", intent)
        .Set("black-point-compensation", true)
        .Set("depth", 8);

    private static ColourProfile TryOut(byte[] profile, ColourSpace space)
    {
        if (IccProfile.HighDynamicRange(profile) is { } range) return new ColourProfile(null, HdrFault(range), false, s_intents[0], false);
        byte[] grid = Grid(space.Bands);
        string? first = null;
        foreach (string intent in s_intents)
        {
            List<string> warnings = [];
            try
            {
                (bool same, bool wide) = NativeLog.Collect(warnings, () => Move(profile, space, grid, intent));
                if (warnings.Count == 0) return new ColourProfile(null, null, same, intent, wide);
            }
            catch (VipsException error)
            {
                warnings.Add(error.Message);
            }
            first ??= string.Join("; ", warnings);
        }
        return new ColourProfile(null,
            $"has an ICC profile that cannot be used ({first}), so that its colours cannot be told: convert it to sRGB, or take the profile out", false, s_intents[0], false);
    }

    private static (bool Same, bool Wide) Move(byte[] profile, ColourSpace space, byte[] grid, string intent)
    {
        using var bare = VipsImage.FromSamples(grid.Length / space.Bands, 1, space.Bands, grid);
        bare.IccProfile = profile;
        using VipsImage image = bare.Apply("copy").Set("interpretation", "VipsInterpretation", space.Vips).BuildImage();
        using VipsImage moved = ToSrgb(image, intent).BuildImage();
        bool same = space != ColourSpace.Cmyk;
        moved.Read((_, _, samples) =>
        {
            for (int i = 0; same && i < samples.Length; i++)
                same = Math.Abs(samples[i] - grid[space.Bands == 3 ? i : i / 3]) <= 1;
        });
        return (same, !same && Outside(image, intent) > 0);
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
