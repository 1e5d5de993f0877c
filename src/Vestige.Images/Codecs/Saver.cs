using Vestige.Compressors;
using Vestige.Images.Containers;
using Vestige.Images.Imagining;
using Vestige.Images.Interop;
using Vestige.Specs;

namespace Vestige.Images.Codecs;

/// <summary>A codec that libvips writes: one row of the table.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Description">One line for help.</param>
/// <param name="Operation">libvips' operation.</param>
/// <param name="Options">Options, with the ranges of that operation.</param>
/// <param name="Configure">Gives them to it.</param>
/// <param name="IsLossless">Whether no pixel may change.</param>
/// <param name="Library">Name and version of the library behind it, or null where it does not say.</param>
internal sealed record Saver(
    string Name, string Description, string Operation, IReadOnlyList<OptionSpec> Options,
    Action<VipsOperation, Spec> Configure, Func<Spec, bool> IsLossless, Func<string?> Library)
{
    /// <summary>Extension of its files, without the dot.</summary>
    internal string Extension { get; init; } = Name;

    /// <summary>Whether its format has one sample a pixel for pictures without colours, which is smaller.</summary>
    internal bool HasGrey { get; init; }

    /// <summary>Takes out of the file what libvips puts in beside the picture.</summary>
    internal Func<byte[], byte[]> Bare { get; init; } = file => file;

    /// <summary>Makes the codec with a decoder that imagines, where the cells of its files are known; null where the library's is the only one.</summary>
    internal Func<SaverCodec, PriorTables, ImaginingOptions, ICodec<Picture>>? Imagining { get; init; }

    private const string Subsample = "VipsForeignSubsample";

    // VIPS_FOREIGN_PNG_FILTER_ALL: libpng chooses for each row.
    private const uint AllPngFilters = 0xF8;

    private static readonly OptionSpec s_chroma =
        OptionSpec.Choice("chroma", ["420", "444"], "420: colour at half the resolution; 444: at full");

    /// <summary>All of them.</summary>
    internal static readonly IReadOnlyList<Saver> All =
    [
        new("jpeg", "JPEG, Huffman tables optimised", "jpegsave_buffer",
            [Quality(1, 75, "quality"), s_chroma, OptionSpec.Flag("progressive", "several scans, coarse to fine"),
                .. ImaginingCompressor.Options],
            (o, v) => o.Set("Q", v.WholeNumber("q")).Set("subsample-mode", Subsample, Mode(v)).Set("optimize-coding", true)
                .Set("interlace", v.Flag("progressive")),
            _ => false,
            () => null) { Extension = "jpg", HasGrey = true, Imagining = (codec, tables, imagining) => new ImaginingJpeg(codec, tables, imagining) },
        new("webp", "WebP, 4:2:0", "webpsave_buffer",
            [Quality(0, 75, "quality"), Effort(0, 6, 4), Lossless("q")],
            (o, v) => Lossy(o, v).Set("effort", v.WholeNumber("effort")),
            AskedFor,
            () => Named("libwebp", LibraryVersion.Number("WebPGetEncoderVersion", 256))) { Bare = PictureOnly.Webp },
        new("avif", "AVIF: one AV1 frame, by libaom", "heifsave_buffer",
            [Quality(1, 50, "quality"), s_chroma, Effort(0, 9, 4), Lossless("q", "chroma")],
            (o, v) => Lossy(o, v).Set("compression", "VipsForeignHeifCompression", "av1").Set("encoder", "VipsForeignHeifEncoder", "aom")
                .Set("bitdepth", 8).Set("effort", v.WholeNumber("effort")).Set("subsample-mode", Subsample, AskedFor(v) ? "off" : Mode(v)),
            AskedFor,
            () => Named("libheif", LibraryVersion.Text("heif_get_version"))
                + Named(", libaom", LibraryVersion.Text("aom_codec_version_str"))),
        new("jxl", "JPEG XL", "jxlsave_buffer",
            // Below 5 libvips 8.14 asks for a distance that libjxl refuses, and goes on with the default.
            [Quality(5, 75, "quality"), Effort(3, 9, 7), Lossless("q")],
            (o, v) => Lossy(o, v).Set("effort", v.WholeNumber("effort")),
            AskedFor,
            () => Named("libjxl", LibraryVersion.Number("JxlEncoderVersion", 1000))),
        new("jp2", "JPEG 2000, 4:4:4, in tiles of 512 x 512", "jp2ksave_buffer",
            [Quality(1, 48, "PSNR aimed at in decibels"), Lossless("q")],
            (o, v) => Lossy(o, v).Set("subsample-mode", Subsample, "off"),
            AskedFor,
            () => Named("OpenJPEG", LibraryVersion.Text("opj_version"))) { Bare = PictureOnly.Jp2 },
        new("png", "PNG, lossless", "pngsave_buffer",
            [],
            (o, _) => o.SetFlags("filter", "VipsForeignPngFilter", AllPngFilters),
            _ => true,
            () => Named("libpng", LibraryVersion.Number("png_access_version_number", 100))) { HasGrey = true, Bare = PictureOnly.Png },
    ];

    private static bool AskedFor(Spec values) => values.Flag("lossless");

    private static OptionSpec Quality(int minimum, int initial, string description) =>
        OptionSpec.WholeNumber("q", minimum, 100, initial, description) with { AlwaysShown = true };

    private static OptionSpec Effort(int minimum, int maximum, int initial) =>
        OptionSpec.WholeNumber("effort", minimum, maximum, initial, "time spent on making it smaller");

    private static OptionSpec Lossless(params string[] overrides) =>
        OptionSpec.Flag("lossless", "every pixel as it was") with { Overrides = overrides };

    // Where there is no loss, Q would have another meaning (WebP) or none.
    private static VipsOperation Lossy(VipsOperation operation, Spec values) =>
        AskedFor(values) ? operation.Set("lossless", true) : operation.Set("Q", values.WholeNumber("q"));

    private static string Mode(Spec values) => values.Choice("chroma") == "444" ? "off" : "on";

    private static string? Named(string library, string? version) => version is null ? null : $"{library} {version}";
}
