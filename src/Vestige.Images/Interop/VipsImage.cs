using System.Runtime.InteropServices;

namespace Vestige.Images.Interop;

/// <summary>Sample formats of libvips that are read here (VipsBandFormat).</summary>
internal enum BandFormat
{
    UChar = 0,
    UShort = 2,
    Float = 6,
}

/// <summary>Colour spaces of libvips that are read here (VipsInterpretation).</summary>
internal enum Interpretation
{
    Grey = 1,
    Cmyk = 15,
    Rgb = 17,
    Srgb = 22,
    Rgb16 = 25,
    Grey16 = 26,
}

/// <summary>An image of libvips: a header, and pixels that are made when they are asked for.</summary>
internal sealed unsafe class VipsImage(nint reference, string what) : GObject(reference, what)
{
    private const string Profile = "icc-profile-data";

    // Strips are cut so that one is about this large: more would double the memory, less would pay for the call.
    private const int StripBytes = 1 << 20;

    internal int Width => Native.vips_image_get_width(Pointer);

    internal int Height => Native.vips_image_get_height(Pointer);

    internal int Bands => Native.vips_image_get_bands(Pointer);

    internal BandFormat Format => (BandFormat)Native.vips_image_get_format(Pointer);

    internal Interpretation Interpretation => (Interpretation)Native.vips_image_get_interpretation(Pointer);

    internal bool HasAlpha => Native.vips_image_hasalpha(Pointer) != 0;

    /// <summary>EXIF's orientation, 1 to 8; 1 where there is none.</summary>
    internal int Orientation => Native.vips_image_get_orientation(Pointer);

    /// <summary>Frames of an animation or pages of a document; 1 where there is one.</summary>
    internal int Pages => Native.vips_image_get_n_pages(Pointer);

    /// <summary>The embedded ICC profile, or null.</summary>
    internal byte[]? IccProfile
    {
        get
        {
            if (Native.vips_image_get_typeof(Pointer, Profile) == 0) return null;
            if (Native.vips_image_get_blob(Pointer, Profile, out byte* data, out nuint length) != 0)
                throw new VipsException($"ICC profile: {Vips.TakeErrors()}");
            return new ReadOnlySpan<byte>(data, checked((int)length)).ToArray();
        }
        set
        {
            fixed (byte* data = value) Native.vips_image_set_blob_copy(Pointer, Profile, data, (nuint)value!.Length);
        }
    }

    /// <summary>Takes the embedded profile out, if there is one.</summary>
    internal void RemoveProfile() => Native.vips_image_remove(Pointer, Profile);

    /// <summary>An image of 8-bit samples; they are copied.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bands">Samples of a pixel.</param>
    /// <param name="samples">(height, width, bands).</param>
    internal static VipsImage FromSamples(int width, int height, int bands, ReadOnlySpan<byte> samples)
    {
        if (samples.Length != (long)width * height * bands)
            throw new ArgumentException($"{samples.Length} samples are not {width} x {height} x {bands}.", nameof(samples));
        fixed (byte* data = samples)
        {
            nint image = Native.vips_image_new_from_memory_copy(
                data, (nuint)samples.Length, width, height, bands, (int)BandFormat.UChar);
            return new VipsImage(image, "image from memory");
        }
    }

    /// <summary>Name of the loader that knows these bytes by their content (<c>VipsForeignLoadJpegBuffer</c>), or null.</summary>
    internal static string? FindLoader(ReadOnlySpan<byte> file)
    {
        fixed (byte* data = file)
        {
            byte* name = Native.vips_foreign_find_load_buffer(data, (nuint)file.Length);
            if (name is not null) return Marshal.PtrToStringUTF8((nint)name);
            Native.vips_error_clear();
            return null;
        }
    }

    /// <summary>Reads the header; pixels follow when they are asked for, top to bottom, once.</summary>
    /// <remarks>Damage is an error, not a picture with a grey half.</remarks>
    internal static VipsImage Load(string loader, ReadOnlySpan<byte> file) => new VipsOperation(loader)
        .Set("buffer", file)
        .Set("access", "VipsAccess", "sequential")
        .Set("fail-on", "VipsFailOn", "error")
        .BuildImage();

    /// <summary>An operation on this image, to be given further properties.</summary>
    internal VipsOperation Apply(string operation) => new VipsOperation(operation).Set("in", this);

    /// <summary>Makes the pixels, on this thread: warnings are then those of this call.</summary>
    /// <param name="rows">Receives strips of whole rows from the top: first row, number of rows, samples in the image's own format.</param>
    internal void Read(StripReader rows)
    {
        using var region = new Region(Native.vips_region_new(Pointer));
        int rowBytes = checked(Width * Bands * Format switch { BandFormat.UChar => 1, BandFormat.UShort => 2, _ => 4 });
        int step = Math.Max(1, StripBytes / rowBytes);
        for (int top = 0; top < Height; top += step)
        {
            int count = Math.Min(step, Height - top);
            byte* data = Native.vips_region_fetch(region.Pointer, 0, top, Width, count, out nuint length);
            if (data is null) throw new VipsException(Vips.TakeErrors());
            try
            {
                rows(top, count, new ReadOnlySpan<byte>(data, checked((int)length)));
            }
            finally
            {
                Native.g_free(data);
            }
        }
    }

    /// <summary>Takes a strip of rows.</summary>
    internal delegate void StripReader(int top, int count, ReadOnlySpan<byte> samples);

    private sealed class Region(nint reference) : GObject(reference, "region");
}
