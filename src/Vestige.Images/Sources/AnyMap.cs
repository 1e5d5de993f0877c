using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Vestige.Images.Interop;
using Vestige.Sources;

namespace Vestige.Images.Sources;

/// <summary>Netpbm's formats: PBM, PGM and PPM in text and in binary (P1 to P6), and PAM (P7). Of several images in a file, the first.</summary>
internal static class AnyMap
{
    /// <summary>What a header says. Type: the digit behind the P.</summary>
    private readonly record struct Header(int Type, int Width, int Height, int Depth, int Most, int Body);

    internal static bool Is(byte[] file) => file is [(byte)'P', >= (byte)'1' and <= (byte)'7', (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..];

    /// <summary>Reads it: 8 bits a sample where its largest value is up to 255, else 16.</summary>
    /// <exception cref="UnusableDocumentException">It is damaged, cut short, or has more pixels than <paramref name="pixelLimit"/>.</exception>
    internal static VipsImage Open(byte[] file, long pixelLimit)
    {
        Header header = file[1] == '7' ? ReadPam(file) : ReadPlain(file);
        if (header.Width < 1 || header.Height < 1 || header.Depth is < 1 or > 4 || header.Most is < 1 or > 65535) throw Damaged("its header is out of range");
        long pixels = (long)header.Width * header.Height, count = pixels * header.Depth;
        if (pixels > pixelLimit) throw new UnusableDocumentException($"has {header.Width} x {header.Height} = {pixels} pixels; the limit is {pixelLimit}");
        // Before memory is taken: in text a sample is a digit at least, in binary a bit.
        long least = header.Type switch { 1 or 2 or 3 => count, 4 => (header.Width + 7L) / 8 * header.Height, _ => count * (header.Most > 255 ? 2 : 1) };
        if (file.Length - header.Body < least) throw Damaged("it is cut short");
        ushort[] samples = new ushort[checked((int)count)];
        if (header.Type <= 3) Text(file, header, samples);
        else Binary(file, header, samples);
        return Image(header, samples);
    }

    private static Header ReadPlain(byte[] file)
    {
        int type = file[1] - '0', at = 2;
        int width = Number(file, ref at), height = Number(file, ref at), most = type is 1 or 4 ? 1 : Number(file, ref at);
        // One blank, and no more, stands before binary samples.
        return new Header(type, width, height, type is 3 or 6 ? 3 : 1, most, at + 1);
    }

    private static Header ReadPam(byte[] file)
    {
        int width = 0, height = 0, depth = 0, most = 0, at = 3;
        while (true)
        {
            int end = Array.IndexOf(file, (byte)'\n', at);
            if (end < 0 || end - at > 1000) throw Damaged("its header does not end");
            string line = Encoding.ASCII.GetString(file, at, end - at).Trim();
            at = end + 1;
            if (line == "ENDHDR") return new Header(7, width, height, depth, most, at);
            string[] words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0].StartsWith('#') || words[0] == "TUPLTYPE") continue;
            if (!int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int value)) throw Damaged($"its {words[0]} is no number");
            switch (words[0])
            {
                case "WIDTH": width = value; break;
                case "HEIGHT": height = value; break;
                case "DEPTH": depth = value; break;
                case "MAXVAL": most = value; break;
            }
        }
    }

    /// <summary>The next number, behind blanks and comments.</summary>
    private static int Number(byte[] file, ref int at)
    {
        while (at < file.Length && (file[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'#'))
        {
            if (file[at] == '#') while (at < file.Length && file[at] != '\n') at++;
            else at++;
        }
        int start = at, value = 0;
        while (at < file.Length && file[at] is >= (byte)'0' and <= (byte)'9' && at - start < 9) value = (value * 10) + file[at++] - '0';
        if (at == start) throw Damaged("a number is missing");
        return at < file.Length && file[at] is >= (byte)'0' and <= (byte)'9' ? throw Damaged("a number is too large") : value;
    }

    private static void Text(byte[] file, Header header, ushort[] samples)
    {
        int at = header.Body - 1;
        for (int i = 0; i < samples.Length; i++)
        {
            int value;
            if (header.Type == 1)
            {
                // Digits of bits may stand side by side; 1 is black.
                while (at < file.Length && file[at] is not ((byte)'0' or (byte)'1')) at++;
                value = at < file.Length ? '1' - file[at++] : throw Damaged("it is cut short");
            }
            else
            {
                value = Number(file, ref at);
            }
            samples[i] = Scaled(value, header.Most);
        }
    }

    private static void Binary(byte[] file, Header header, ushort[] samples)
    {
        int row = (header.Width + 7) / 8;
        for (int i = 0; i < samples.Length; i++)
        {
            int value = header.Type == 4 ? 1 - ((file[header.Body + (i / header.Width * row) + (i % header.Width / 8)] >> (7 - (i % header.Width % 8))) & 1)
                : header.Most > 255 ? BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(header.Body + (2 * i)))
                : file[header.Body + i];
            samples[i] = Scaled(value, header.Most);
        }
    }

    // To all of 8 or all of 16 bits, rounded.
    private static ushort Scaled(int value, int most)
    {
        if (value > most) throw Damaged($"a sample is {value}, and the largest is {most}");
        int full = most > 255 ? 65535 : 255;
        return (ushort)((((long)value * full) + (most / 2)) / most);
    }

    private static VipsImage Image(Header header, ushort[] samples)
    {
        bool wide = header.Most > 255;
        string meaning = header.Depth <= 2 ? wide ? "grey16" : "b-w" : wide ? "rgb16" : "srgb";
        using VipsImage bare = wide
            ? VipsImage.FromSamples(header.Width, header.Height, 2 * header.Depth, System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples.AsSpan()))
            : VipsImage.FromSamples(header.Width, header.Height, header.Depth, [.. samples.Select(sample => (byte)sample)]);
        return bare.Apply("copy").Set("bands", header.Depth).Set("format", "VipsBandFormat", wide ? "ushort" : "uchar")
            .Set("interpretation", "VipsInterpretation", meaning).BuildImage();
    }

    private static UnusableDocumentException Damaged(string why) => new($"cannot be decoded as PNM: {why}");
}
