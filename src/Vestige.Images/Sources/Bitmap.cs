using System.Buffers.Binary;
using Vestige.Images.Interop;
using Vestige.Sources;

namespace Vestige.Images.Sources;

/// <summary>Windows' BMP without compression: 1, 4, 8, 16, 24 and 32 bits a pixel, palettes and bit fields.</summary>
/// <remarks>The fourth byte of a pixel of 32 bits says how opaque it is only where the header gives it a mask.</remarks>
internal static class Bitmap
{
    private const int FileHeader = 14, Plain = 0, BitFields = 3, AlphaBitFields = 6;

    /// <summary>What a header says. Data: where the rows begin.</summary>
    private readonly record struct Header(int Size, int Width, int Height, bool TopDown, int Bits, int Compression, int Data, int Colours);

    internal static bool Is(byte[] file) => file is [(byte)'B', (byte)'M', ..] && file.Length >= FileHeader + 12
        && BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(FileHeader)) is 12 or (>= 40 and <= 124);

    /// <summary>Reads it as RGB, or RGB with alpha.</summary>
    /// <exception cref="UnusableDocumentException">It is damaged, cut short, compressed, or has more pixels than <paramref name="pixelLimit"/>.</exception>
    internal static VipsImage Open(byte[] file, long pixelLimit)
    {
        Header header = Read(file);
        long pixels = (long)header.Width * header.Height;
        if (header.Width < 1 || header.Height < 1) throw Damaged("its header is out of range");
        if (pixels > pixelLimit) throw new UnusableDocumentException($"has {header.Width} x {header.Height} = {pixels} pixels; the limit is {pixelLimit}");
        if (header.Compression is not (Plain or BitFields or AlphaBitFields)) throw Damaged($"its pixels are compressed (kind {header.Compression}), which is not read here");
        long stride = ((((long)header.Width * header.Bits) + 31) / 32) * 4;
        if (header.Data < FileHeader || header.Data + (stride * header.Height) > file.Length) throw Damaged("it is cut short");
        return header.Bits switch
        {
            1 or 4 or 8 => Palette(file, header, (int)stride),
            16 or 24 or 32 => Direct(file, header, (int)stride),
            _ => throw Damaged($"it has {header.Bits} bits a pixel"),
        };
    }

    private static Header Read(byte[] file)
    {
        ReadOnlySpan<byte> info = file.AsSpan(FileHeader);
        int size = (int)BinaryPrimitives.ReadUInt32LittleEndian(info), data = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(10));
        if (size == 12)
            return new Header(size, BinaryPrimitives.ReadUInt16LittleEndian(info[4..]), BinaryPrimitives.ReadUInt16LittleEndian(info[6..]), false,
                BinaryPrimitives.ReadUInt16LittleEndian(info[10..]), Plain, data, 0);
        if (info.Length < size) throw Damaged("it is cut short");
        int height = BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        if (height == int.MinValue) throw Damaged("its header is out of range");
        return new Header(size, BinaryPrimitives.ReadInt32LittleEndian(info[4..]), Math.Abs(height), height < 0, BinaryPrimitives.ReadUInt16LittleEndian(info[14..]),
            BinaryPrimitives.ReadInt32LittleEndian(info[16..]), data, BinaryPrimitives.ReadInt32LittleEndian(info[32..]));
    }

    private static VipsImage Palette(byte[] file, Header header, int stride)
    {
        int entry = header.Size == 12 ? 3 : 4, colours = header.Colours is > 0 and <= 256 ? header.Colours : 1 << header.Bits;
        int palette = FileHeader + header.Size;
        if (palette + (colours * entry) > file.Length) throw Damaged("it is cut short");
        byte[] rgb = new byte[checked(header.Width * header.Height * 3)];
        for (int y = 0, to = 0; y < header.Height; y++)
        {
            int row = Row(header, y, stride);
            for (int x = 0; x < header.Width; x++, to += 3)
            {
                int bit = x * header.Bits, index = (file[row + (bit / 8)] >> (8 - header.Bits - (bit % 8))) & ((1 << header.Bits) - 1);
                if (index >= colours) throw Damaged($"a pixel has colour {index} of {colours}");
                int from = palette + (index * entry);
                (rgb[to], rgb[to + 1], rgb[to + 2]) = (file[from + 2], file[from + 1], file[from]);
            }
        }
        return Image(header, 3, rgb);
    }

    private static VipsImage Direct(byte[] file, Header header, int stride)
    {
        uint[] masks = Masks(file, header);
        int bands = masks[3] == 0 ? 3 : 4, bytes = header.Bits / 8;
        byte[] samples = new byte[checked(header.Width * header.Height * bands)];
        for (int y = 0, to = 0; y < header.Height; y++)
        {
            int row = Row(header, y, stride);
            for (int x = 0; x < header.Width; x++)
            {
                uint pixel = 0;
                for (int i = 0; i < bytes; i++) pixel |= (uint)file[row + (x * bytes) + i] << (8 * i);
                for (int band = 0; band < bands; band++) samples[to++] = Sample(pixel, masks[band]);
            }
        }
        return Image(header, bands, samples);
    }

    /// <summary>Bits of red, green, blue and alpha in a pixel.</summary>
    private static uint[] Masks(byte[] file, Header header)
    {
        if (header.Compression == Plain) return header.Bits == 16 ? [0x7C00, 0x3E0, 0x1F, 0] : [0xFF0000, 0xFF00, 0xFF, 0];
        // Behind a header of 40 bytes, or as its first fields beyond those.
        bool hasAlpha = header.Size >= 56 || header.Compression == AlphaBitFields;
        int at = FileHeader + 40, count = hasAlpha ? 4 : 3;
        if (at + (4 * count) > file.Length) throw Damaged("it is cut short");
        uint[] masks = new uint[4];
        for (int i = 0; i < count; i++) masks[i] = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + (4 * i)));
        return masks.AsSpan(0, 3).Contains(0u) ? throw Damaged("a colour has no bits") : masks;
    }

    // To all of 8 bits, rounded.
    private static byte Sample(uint pixel, uint mask)
    {
        int shift = System.Numerics.BitOperations.TrailingZeroCount(mask);
        ulong most = mask >> shift, value = (pixel & mask) >> shift;
        return (byte)(((value * 255) + (most / 2)) / most);
    }

    private static int Row(Header header, int y, int stride) => header.Data + (stride * (header.TopDown ? y : header.Height - 1 - y));

    private static VipsImage Image(Header header, int bands, byte[] samples)
    {
        using var bare = VipsImage.FromSamples(header.Width, header.Height, bands, samples);
        return bare.Apply("copy").Set("interpretation", "VipsInterpretation", "srgb").BuildImage();
    }

    private static UnusableDocumentException Damaged(string why) => new($"cannot be decoded as BMP: {why}");
}
