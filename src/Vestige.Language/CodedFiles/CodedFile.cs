using System.Security.Cryptography;
using System.Text;
using Vestige.Language.Coding;

namespace Vestige.Language.CodedFiles;

/// <summary>Files without loss, coded by a model's probabilities.</summary>
/// <remarks>What is in them: <see cref="CodedFileWriter"/>.</remarks>
public static class CodedFile
{
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
        return CodedFileWriter.Write(from, length, to, coding.Name, coding.Hash, coding.Open(length ?? 0), progress, cancel);
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
                int size = (int)reader.Number(0, CodedFileWriter.BlockBytes, "a block");
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
            CodedFileWriter.ForEach(count, i => decoded[i] = coder.Decode(blocks[i].Coded, blocks[i].Length, Done, cancel), cancel);
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
        byte[] start = reader.AtMost(CodedFileWriter.Magic.Length + 1);
        if (!start.AsSpan().StartsWith(CodedFileWriter.Magic) && !CodedFileWriter.Magic.StartsWith(start))
            throw new InvalidDataException("it is no file that vestige encode wrote");
        if (start.Length <= CodedFileWriter.Magic.Length) throw CodedReader.CutOff();
        if (start[^1] != CodedFileWriter.Version)
        {
            string next = start[^1] > CodedFileWriter.Version ? "use a newer vestige" : start[^1] > 0 ? "use the vestige that wrote it" : "it is damaged";
            throw new InvalidDataException($"it is of version {start[^1]}, and this program reads version {CodedFileWriter.Version}: {next}");
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
        catch (Specs.SpecException e)
        {
            throw Unknown(name, e);
        }
    }

    // The file says the name, and a terminal shows it.
    private static InvalidDataException Unknown(string name, Exception? cause) =>
        new($"it was coded by {string.Concat(name.Select(c => char.IsControl(c) ? '?' : c))}, which this program does not have: use a newer vestige", cause);
}
