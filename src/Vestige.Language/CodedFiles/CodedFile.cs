using System.Security.Cryptography;
using System.Text;

namespace Vestige.Language.CodedFiles;

/// <summary>Files without loss, coded by a model's probabilities.</summary>
/// <remarks>
/// <c>vestige.coded</c>, a zero byte; the version (a byte); what codes: 0 and the SHA-256 of the model's file, or 1 and a learner's name
/// with its options (length, ASCII); bytes of the whole, 0 where that is not known; a check. Then blocks: bytes of the block (1 to 2^19),
/// bytes that it is coded in, these, a check. Then 0, bytes of the whole, 16 bytes of the SHA-256 of the whole, a check, and the end.
/// Numbers are of seven bits a byte, the lowest first, with the highest bit set where more follow. A check is 8 bytes of the SHA-256 of
/// the check before (none at first) and all behind it: nothing is decoded that is not as it was written.
/// </remarks>
public static class CodedFile
{
    // To be raised when older programs would misread newer files.
    internal const byte Version = 1;

    internal const int BlockBytes = 1 << 19;

    private static readonly byte[] s_magic = [.. "vestige.coded"u8, 0];

    /// <summary>Codes a stream to its end.</summary>
    /// <param name="from">Any bytes.</param>
    /// <param name="length">How many there are, or null where that is not known.</param>
    /// <param name="to">Where the file goes.</param>
    /// <param name="coding">What codes.</param>
    /// <param name="progress">Told the share that is done, as far as the length is known; by any thread.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>Bytes read, and bytes written.</returns>
    /// <exception cref="InvalidDataException">The model gives what is no probability, or there are not as many bytes as was said.</exception>
    public static (long Bytes, long Coded) Encode(Stream from, long? length, Stream to, TextCoding coding, Action<double>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(coding);
        using var writer = new CodedWriter(to);
        writer.Add(s_magic);
        writer.Add([Version, (byte)(coding.Hash is null ? 1 : 0)]);
        if (coding.Hash is { } model)
        {
            writer.Add(model);
        }
        else
        {
            writer.AddNumber(coding.Name.Length);
            writer.Add(Encoding.ASCII.GetBytes(coding.Name));
        }
        writer.AddNumber(length ?? 0);
        writer.Check();

        BlockCoder coder = coding.Open(length ?? 0);
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
        return Encode(from, from.Length, Stream.Null, TextCoding.Of(model), null, cancel).Coded;
    }

    /// <summary>Decodes a file.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">Where what was coded goes, block by block; it is as it was only if this returns.</param>
    /// <param name="model">The model's file, or null where none was given.</param>
    /// <param name="progress">Told the share that is done, as far as the length is known; by any thread.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="InvalidDataException">It is no such file, damaged, cut off, too new or of another model; the message says which, without a name.</exception>
    public static long Decode(Stream from, Stream to, TextCoding? model, Action<double>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(to);
        using var reader = new CodedReader(from);
        TextCoding coding = ReadHeader(reader, model, out long length);
        BlockCoder coder = coding.Open(length);
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        var blocks = new (byte[] Coded, int Length)[coder.AtOnce];
        long done = 0;
        void Done(int some) => progress?.Invoke(length > 0 ? (double)Interlocked.Add(ref done, some) / length : 0);
        bool isEnd = false;
        while (!isEnd)
        {
            int count = 0;
            while (count < blocks.Length && !isEnd)
            {
                int size = (int)reader.Number(0, BlockBytes, "a block");
                if (size == 0)
                {
                    isEnd = true;
                    break;
                }
                byte[] coded = reader.Bytes((int)reader.Number(0, (2L * size) + 64, "a coded block"));
                reader.Check();
                blocks[count++] = (coded, size);
            }
            byte[][] decoded = new byte[count][];
            ForEach(count, i => decoded[i] = coder.Decode(blocks[i].Coded, blocks[i].Length, Done, cancel), cancel);
            foreach (byte[] block in decoded)
            {
                whole.AppendData(block);
                to.Write(block);
                bytes += block.Length;
            }
        }
        long said = reader.Number(0, long.MaxValue, "the whole");
        byte[] hash = reader.Bytes(16);
        reader.Check();
        if (!reader.IsAtEnd) throw new InvalidDataException("something stands behind its end");
        if (said != bytes || (length != 0 && length != bytes)) throw new InvalidDataException($"it says that it holds {said} bytes, and holds {bytes}");
        if (!whole.GetHashAndReset().AsSpan(0, 16).SequenceEqual(hash))
        {
            throw new InvalidDataException($"its blocks are as they were written, and {coding.Name} decodes them to something else: "
                + "this is a fault of vestige; please report it with the processor's name");
        }
        return bytes;
    }

    private static TextCoding ReadHeader(CodedReader reader, TextCoding? model, out long length)
    {
        byte[] start = reader.AtMost(s_magic.Length + 1);
        if (!start.AsSpan().StartsWith(s_magic) && !s_magic.AsSpan().StartsWith(start))
            throw new InvalidDataException("it is no file that vestige encode wrote");
        if (start.Length <= s_magic.Length) throw CodedReader.CutOff();
        if (start[^1] != Version)
        {
            string next = start[^1] > Version ? "use a newer vestige" : "it is damaged";
            throw new InvalidDataException($"it is of version {start[^1]}, and this program reads version {Version}: {next}");
        }
        byte kind = reader.Bytes(1)[0];
        byte[] named = kind switch
        {
            0 => reader.Bytes(32),
            1 => reader.Bytes((int)reader.Number(1, 200, "a name")),
            _ => throw CodedReader.Damaged("its header"),
        };
        length = reader.Number(0, long.MaxValue, "the whole");
        reader.Check();
        if (kind == 0)
        {
            if (model is null) throw new InvalidDataException($"it was coded by a model: give it with --model (its file has the SHA-256 {Convert.ToHexStringLower(named)})");
            return model.Hash is { } hash && hash.AsSpan().SequenceEqual(named) ? model
                : throw new InvalidDataException($"it was coded by another model than {model.Name}: by the file with the SHA-256 {Convert.ToHexStringLower(named)}");
        }
        string name = Encoding.ASCII.GetString(named);
        if (model is not null && model.Name != name) throw new InvalidDataException($"it was coded by {name}, not by {model.Name}: leave --model out");
        try
        {
            return TextCoding.OfLearner(name) ?? throw Unknown(name, null);
        }
        catch (Compressors.SpecException e)
        {
            throw Unknown(name, e);
        }
    }

    // The file says the name, and a terminal shows it.
    private static InvalidDataException Unknown(string name, Exception? cause) =>
        new($"it was coded by {string.Concat(name.Select(c => char.IsControl(c) ? '?' : c))}, which this program does not have: use a newer vestige", cause);

    private static byte[] ReadBlock(Stream from)
    {
        byte[] block = new byte[BlockBytes];
        int read = from.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        return read == block.Length ? block : block[..read];
    }

    private static void ForEach(int count, Action<int> body, CancellationToken cancel)
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
