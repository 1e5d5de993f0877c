using System.Buffers.Binary;
using System.IO.Compression;
using Vestige.Images;
using Vestige.Images.Interop;
using Vestige.Numerics;

namespace Vestige.Tests.Images;

/// <summary>Images that the tests make: through libvips, and by hand where no library writes what is wanted.</summary>
internal static class TestImages
{
    static TestImages() => Vips.Initialise();

    /// <summary>Every format that is read, with the operation that writes it and its options.</summary>
    internal static readonly (string Extension, string Saver, Action<VipsOperation> Options)[] Formats =
    [
        ("jpg", "jpegsave_buffer", o => o.Set("Q", 95).Set("subsample-mode", "VipsForeignSubsample", "off")),
        ("png", "pngsave_buffer", o => { }),
        ("webp", "webpsave_buffer", o => o.Set("lossless", true)),
        ("avif", "heifsave_buffer", o => o.Set("compression", "VipsForeignHeifCompression", "av1").Set("Q", 95).Set("effort", 0)),
        ("jxl", "jxlsave_buffer", o => o.Set("lossless", true).Set("effort", 3)),
        ("jp2", "jp2ksave_buffer", o => o.Set("lossless", true)),
        ("tif", "tiffsave_buffer", o => { }),
    ];

    /// <summary>Smooth colour with texture and an edge: enough for every codec to have something to lose.</summary>
    internal static Picture Photo(int width, int height, ulong seed = 1)
    {
        var rng = new Rng(seed);
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < 3; c++)
                {
                    double wave = 40 * Math.Sin((x * (0.11 + (0.05 * c))) + (y * 0.07));
                    double edge = x * 3 > width + y ? 30 : -30;
                    rgb[(((y * width) + x) * 3) + c] = (byte)Math.Clamp(128 + wave + edge + (6 * rng.NextNormal()), 0, 255);
                }
        return new Picture(width, height, rgb);
    }

    internal static Picture Flat(int width, int height, byte red, byte green, byte blue)
    {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.Length; i += 3) (rgb[i], rgb[i + 1], rgb[i + 2]) = (red, green, blue);
        return new Picture(width, height, rgb);
    }

    internal static VipsImage ToVips(Picture picture) => VipsImage.FromSamples(picture.Width, picture.Height, 3, picture.Rgb);

    /// <summary>An image of given samples and meaning.</summary>
    internal static VipsImage Raw(int width, int height, int bands, byte[] samples, string interpretation)
    {
        using var image = VipsImage.FromSamples(width, height, bands, samples);
        return image.Apply("copy").Set("interpretation", "VipsInterpretation", interpretation).BuildImage();
    }

    /// <summary>An image of 16-bit samples.</summary>
    internal static VipsImage Raw16(int width, int height, int bands, ushort[] samples, string interpretation)
    {
        using var image = VipsImage.FromSamples(width, height, bands * 2, System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples.AsSpan()));
        return image.Apply("copy").Set("bands", bands).Set("format", "VipsBandFormat", "ushort")
            .Set("interpretation", "VipsInterpretation", interpretation).BuildImage();
    }

    /// <summary>The file that a format makes of an image.</summary>
    internal static byte[] Save(VipsImage image, string extension, Action<VipsOperation>? more = null)
    {
        (_, string saver, Action<VipsOperation> options) = Formats.Single(f => f.Extension == extension);
        VipsOperation operation = image.Apply(saver);
        options(operation);
        more?.Invoke(operation);
        return operation.BuildBuffer();
    }

    internal static byte[] Save(Picture picture, string extension)
    {
        using VipsImage image = ToVips(picture);
        return Save(image, extension);
    }

    /// <summary>A JPEG with an EXIF block that holds nothing but an orientation.</summary>
    internal static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, // APP1, TIFF header, offset of the first directory
            1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0, // one entry: tag 274, one short
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    /// <summary>A 1-bit grey PNG of zeros: small on disk however large it is.</summary>
    internal static byte[] ZeroPng(int width, int height)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 1;
        using var body = new MemoryStream();
        using (var deflate = new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] row = new byte[1 + ((width + 7) / 8)];
            for (int y = 0; y < height; y++) deflate.Write(row);
        }
        return [137, .. "PNG\r\n"u8, 26, 10, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, body.ToArray()), .. Chunk("IEND"u8, [])];
    }

    /// <summary>The PNG with one more chunk behind its header.</summary>
    internal static byte[] WithChunk(byte[] png, string type, byte[] data) =>
        [.. png[..33], .. Chunk(System.Text.Encoding.ASCII.GetBytes(type), data), .. png[33..]];

    /// <summary>The PNG with one bit of its image data's checksum turned.</summary>
    internal static byte[] WithWrongChecksum(byte[] png)
    {
        byte[] damaged = [.. png];
        int data = damaged.AsSpan().IndexOf("IDAT"u8);
        int length = BinaryPrimitives.ReadInt32BigEndian(damaged.AsSpan(data - 4));
        damaged[data + 4 + length] ^= 1;
        return damaged;
    }

    internal static double Psnr(Picture a, Picture b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        double squares = 0;
        for (int i = 0; i < a.Rgb.Length; i++) squares += Math.Pow(a.Rgb[i] - b.Rgb[i], 2);
        return 10 * Math.Log10(255.0 * 255 / (squares / a.Rgb.Length));
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    // CRC-32 of PNG (ISO 15948, annex D).
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }
        return ~crc;
    }
}
