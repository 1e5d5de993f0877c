namespace Vestige.Images.Sources;

/// <summary>A colour space that images are read in: its name in ICC profiles, its name in libvips, its channels, and what users call it.</summary>
internal sealed record ColourSpace(string Name, string Vips, int Bands, string Word)
{
    internal static readonly ColourSpace Grey = new("GRAY", "b-w", 1, "grey"), Rgb = new("RGB", "srgb", 3, "RGB"), Cmyk = new("CMYK", "cmyk", 4, "CMYK");
}
