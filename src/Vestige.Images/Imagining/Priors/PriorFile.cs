using System.Buffers.Binary;
using System.Security.Cryptography;
using Vestige.Images.Imagining.Blocks;

namespace Vestige.Images.Imagining.Priors;

/// <summary>A prior of pictures as a file: a line that says what it is, then for luma, chroma and chroma at half the resolution the number of kinds and their
/// tables, little-endian, and the SHA-256 of all before.</summary>
internal static class PriorFile
{
    /// <summary>Most kinds that a file may state.</summary>
    private const int MostKinds = 4096;

    private static ReadOnlySpan<byte> Head => "vestige prior 1\n"u8;

    /// <summary>The file of a prior.</summary>
    internal static byte[] Write(PicturePrior prior)
    {
        using var stream = new MemoryStream();
        stream.Write(Head);
        Span<byte> word = stackalloc byte[4];
        foreach (BlockPrior part in new[] { prior.Luma, prior.Chroma, prior.HalfChroma })
        {
            BinaryPrimitives.WriteInt32LittleEndian(word, part.Kinds);
            stream.Write(word);
            foreach (float[] table in new[] { part.Weights, part.Variances, part.Across, part.Down })
                foreach (float value in table)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(word, value);
                    stream.Write(word);
                }
        }
        stream.Write(SHA256.HashData(stream.ToArray()));
        return stream.ToArray();
    }

    /// <summary>Reads a prior.</summary>
    /// <exception cref="InvalidDataException">It is none, or damaged; the message names no file.</exception>
    internal static PicturePrior Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Head))
        {
            throw new InvalidDataException(file.StartsWith("vestige prior "u8)
                ? "is a prior of another version of vestige" : "is no prior: 'vestige train PHOTOS prior --out FILE' makes one");
        }
        int end = file.Length - SHA256.HashSizeInBytes;
        if (end < Head.Length || !SHA256.HashData(file[..end]).AsSpan().SequenceEqual(file[end..]))
            throw new InvalidDataException("is damaged: it is cut short, or a byte of it changed");
        ReadOnlySpan<byte> rest = file[Head.Length..end];
        BlockPrior luma = Part(ref rest), chroma = Part(ref rest), half = Part(ref rest);
        return rest.Length == 0 ? new PicturePrior(luma, chroma, half) : throw new InvalidDataException("is damaged: something stands behind its tables");
    }

    private static BlockPrior Part(ref ReadOnlySpan<byte> rest)
    {
        int kinds = rest.Length < 4 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[Math.Min(4, rest.Length)..];
        if (kinds is < 1 or > MostKinds) throw new InvalidDataException($"is damaged: it states {kinds} kinds of blocks; there are 1 to {MostKinds}");
        return new BlockPrior(Table(ref rest, kinds), Table(ref rest, kinds * BlockTransform.Area), Table(ref rest, kinds * kinds), Table(ref rest, kinds * kinds));
    }

    private static float[] Table(ref ReadOnlySpan<byte> rest, int length)
    {
        if (rest.Length < 4 * (long)length) throw new InvalidDataException("is damaged: it is cut short");
        float[] table = new float[length];
        for (int i = 0; i < length; i++)
        {
            table[i] = BinaryPrimitives.ReadSingleLittleEndian(rest[(4 * i)..]);
            // Of frequency 0 nothing is learned.
            if (!float.IsFinite(table[i]) || table[i] < 0) throw new InvalidDataException("is damaged: one of its numbers is none, or below 0");
        }
        rest = rest[(4 * length)..];
        return table;
    }
}
