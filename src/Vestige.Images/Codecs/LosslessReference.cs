using Vestige.Compressors;
using Vestige.Numerics;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Images.Codecs;

/// <summary>The best lossless code at hand: JPEG XL, or PNG where libvips was built without it.</summary>
public static class LosslessReference
{
    // Effort 3: on photographs 9 % larger than effort 7, and about ten times as fast.
    private static readonly string[] s_candidates = ["jxl:effort=3,lossless=true", "png"];

    private static readonly Lazy<(string Name, string Extension, SaverCodec? Codec, string? Fault)> s_code = new(Choose);

    /// <summary>Which code it is.</summary>
    public static string Name => s_code.Value.Name;

    /// <summary>Extension of its files, without the dot.</summary>
    internal static string Extension => s_code.Value.Extension;

    /// <summary>Why there is none, or null.</summary>
    internal static string? WhyAbsent => s_code.Value.Fault;

    // Of so many pictures one is read back.
    private const int Apart = 8;

    private static SaverCodec Codec => s_code.Value.Codec ?? throw new UnusableDocumentException($"no lossless code: {WhyAbsent}");

    /// <summary>The size of a picture in this code, in bytes.</summary>
    /// <remarks>Nothing of it but the size is wanted, and reading takes half as long as writing: of one picture in eight the file is read back and found to be
    /// the same. Which ones hangs on pixels alone, and so do the faults that are found.</remarks>
    /// <exception cref="UnusableDocumentException">The code cannot take it.</exception>
    public static long Bytes(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ulong hash = Rng.Mix((ulong)picture.Width, (ulong)picture.Height);
        for (int i = 0; i < picture.Rgb.Length; i += 1 + (picture.Rgb.Length / 64)) hash = Rng.Mix(hash, picture.Rgb[i]);
        return hash % Apart == 0 ? Code(picture).Bytes : Codec.Encode(picture).Length;
    }

    /// <summary>Codes a picture; the file was read back and found to be the same.</summary>
    internal static Coded<Picture> Code(Picture picture) => Codec.Code(picture);

    private static (string, string, SaverCodec?, string?) Choose()
    {
        string? fault = null;
        foreach (string text in s_candidates)
        {
            Spec spec = Spec.Parse(text, PictureCompressors.Rows).Single();
            fault = spec.Row.WhyAbsent();
            if (fault is not null) continue;
            Saver saver = Saver.All.Single(s => s.Name == spec.Row.Name);
            return (spec.Name, saver.Extension, new SaverCodec(saver, spec), null);
        }
        return ("", "", null, fault);
    }
}
