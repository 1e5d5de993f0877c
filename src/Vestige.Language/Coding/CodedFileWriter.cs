using System.Security.Cryptography;
using System.Text;

namespace Vestige.Language.Coding;

/// <summary>Writes coded files.</summary>
/// <remarks>
/// <c>vestige.coded</c>, a zero byte; the version (a byte); what codes: 0 and the SHA-256 of the model's file, or 1 and a learner's name
/// with its options (length, ASCII); bytes of the whole, 0 where that is not known; a check. Then blocks: bytes of the block (1 to 2^19),
/// bytes that it is coded in, these, a check. Then 0, bytes of the whole, 16 bytes of the SHA-256 of the whole, a check, and the end.
/// Numbers are of seven bits a byte, the lowest first, with the highest bit set where more follow. A check is 8 bytes of the SHA-256 of
/// the check before (none at first) and all behind it: nothing is decoded that is not as it was written.
/// </remarks>
internal static class CodedFileWriter
{
    // To be raised when older programs would misread newer files.
    internal const byte Version = 3;

    internal const int BlockBytes = 1 << 19;

    internal static ReadOnlySpan<byte> Magic => "vestige.coded\0"u8;

    /// <summary>Codes a stream to its end.</summary>
    /// <param name="from">Any bytes.</param>
    /// <param name="length">How many there are, or null where that is not known.</param>
    /// <param name="to">Where the file goes.</param>
    /// <param name="name">The learner that codes, as it is written on the command line.</param>
    /// <param name="hash">SHA-256 of the file of the model that codes; null for a learner.</param>
    /// <param name="coder">What codes.</param>
    /// <param name="progress">Told the share that is done, as far as the length is known; by any thread.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>Bytes read, and bytes written.</returns>
    /// <exception cref="InvalidDataException">The model gives what is no probability, or there are not as many bytes as was said.</exception>
    internal static (long Bytes, long Coded) Write(Stream from, long? length, Stream to, string name, byte[]? hash, BlockCoder coder, Action<double>? progress,
        CancellationToken cancel)
    {
        using var writer = new CodedWriter(to);
        writer.Add(Magic);
        writer.Add([Version, (byte)(hash is null ? 1 : 0)]);
        if (hash is not null)
        {
            writer.Add(hash);
        }
        else
        {
            writer.AddNumber(name.Length);
            writer.Add(Encoding.ASCII.GetBytes(name));
        }
        writer.AddNumber(length ?? 0);
        writer.Check();

        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        // Blocks that do not know each other are coded side by side; which thread does, no byte depends on.
        byte[][] blocks = new byte[coder.AtOnce][];
        long done = 0;
        void Done(int some) => progress?.Invoke(length is > 0 ? (double)Interlocked.Add(ref done, some) / length.Value : 0);
        while (true)
        {
            int count = 0;
            while (count < blocks.Length && ReadBlock(from) is { Length: > 0 } block) blocks[count++] = block;
            if (count == 0) break;
            byte[][] coded = new byte[count][];
            ForEach(count, i => coded[i] = coder.Encode(blocks[i], Done, cancel), cancel);
            for (int i = 0; i < count; i++)
            {
                whole.AppendData(blocks[i]);
                bytes += blocks[i].Length;
                writer.AddNumber(blocks[i].Length);
                writer.AddNumber(coded[i].Length);
                writer.Add(coded[i]);
                writer.Check();
            }
        }
        if (length is { } expected && expected != bytes) throw new InvalidDataException($"it had {expected} bytes, and {bytes} were read: something writes to it");
        writer.AddNumber(0);
        writer.AddNumber(bytes);
        writer.Add(whole.GetHashAndReset().AsSpan(0, 16));
        writer.Check();
        return (bytes, writer.Length);
    }

    /// <summary>Bytes of the file that texts which stand one behind the other are coded into by a model.</summary>
    internal static long Size(ICodedText model, IReadOnlyList<Passage> texts, CancellationToken cancel)
    {
        using var from = new MemoryStream();
        foreach (Passage text in texts) from.Write(text.Span);
        from.Position = 0;
        return Write(from, from.Length, Stream.Null, "", new byte[SHA256.HashSizeInBytes], new BlockCoder(model, null), null, cancel).Coded;
    }

    private static byte[] ReadBlock(Stream from)
    {
        byte[] block = new byte[BlockBytes];
        int read = from.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        return read == block.Length ? block : block[..read];
    }

    internal static void ForEach(int count, Action<int> body, CancellationToken cancel)
    {
        if (count == 1)
        {
            body(0);
            return;
        }
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel }, body);
        }
        catch (AggregateException e)
        {
            // As from a plain loop: the first of what went wrong.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
