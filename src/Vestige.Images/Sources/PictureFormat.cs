using Vestige.Images.Interop;
using Vestige.Sources;

namespace Vestige.Images.Sources;

/// <summary>A format that is read: one row of the table.</summary>
/// <param name="Name">"JPEG", "PNG".</param>
/// <param name="Extensions">Extensions of its files in a folder.</param>
internal sealed record PictureFormat(string Name, IReadOnlyList<string> Extensions)
{
    /// <summary>libvips' loader; null for a format that is read here.</summary>
    private string? Loader { get; init; }

    /// <summary>Whether a file is of a format that is read here, and how it is opened: bytes, most pixels.</summary>
    private (Predicate<byte[]> Is, Func<byte[], long, VipsImage> Open)? Own { get; init; }

    /// <summary>Whether its library prints what it finds wrong.</summary>
    internal bool IsTalkative { get; init; }

    /// <summary>Whether its pages are as a rule one image in several sizes.</summary>
    internal bool HasLevels { get; init; }

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<PictureFormat> All { get; } =
    [
        new("JPEG", [".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".jps"]) { Loader = "VipsForeignLoadJpegBuffer" },
        new("PNG", [".png", ".apng"]) { Loader = "VipsForeignLoadPngBuffer" },
        new("WebP", [".webp"]) { Loader = "VipsForeignLoadWebpBuffer" },
        new("AVIF/HEIC", [".avif", ".avifs", ".heic", ".heics", ".heif", ".heifs", ".hif"]) { Loader = "VipsForeignLoadHeifBuffer" },
        new("JPEG XL", [".jxl"]) { Loader = "VipsForeignLoadJxlBuffer", IsTalkative = true },
        new("JPEG 2000", [".jp2", ".j2k", ".j2c", ".jpc", ".jpx", ".jpf"]) { Loader = "VipsForeignLoadJp2kBuffer", HasLevels = true },
        new("TIFF", [".tif", ".tiff"]) { Loader = "VipsForeignLoadTiffBuffer" },
        new("GIF", [".gif"]) { Loader = "VipsForeignLoadNsgifBuffer" },
        new("BMP", [".bmp", ".dib"]) { Own = (Bitmap.Is, Bitmap.Open) },
        new("PNM", [".ppm", ".pgm", ".pbm", ".pnm", ".pam"]) { Own = (AnyMap.Is, AnyMap.Open) },
    ];

    private static readonly HashSet<string> s_extensions = new(All.SelectMany(format => format.Extensions), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file of this name is taken from a folder.</summary>
    internal static bool Takes(string name) => s_extensions.Contains(Path.GetExtension(name));

    /// <summary>The format of a file, by its content.</summary>
    /// <exception cref="UnusableDocumentException">It is none of these.</exception>
    internal static PictureFormat Of(byte[] file)
    {
        if (All.FirstOrDefault(format => format.Own is { } own && own.Is(file)) is { } read) return read;
        string? loader = VipsImage.FindLoader(file);
        if (loader is not null && All.FirstOrDefault(format => format.Loader == loader) is { } loaded) return loaded;
        // A TIFF cut short is among them: without its directory, which may be at the end, nothing tells what it was.
        throw new UnusableDocumentException("its content is none of the formats read here, or it is damaged: "
            + string.Join(", ", All.Where(format => format.Loader is null || Vips.Has(format.Loader)).Select(format => format.Name)));
    }

    /// <summary>Opens a file of this format.</summary>
    internal VipsImage Open(byte[] file, long pixelLimit) => Own is { } own ? own.Open(file, pixelLimit) : VipsImage.Load(Loader!, file);
}
