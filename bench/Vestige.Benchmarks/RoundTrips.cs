using System.Globalization;
using Vestige.Language;
using Vestige.Language.CodedFiles;
using Vestige.Language.Coding;
using Vestige.Language.Registry;
using Vestige.Numerics;

namespace Vestige.Benchmarks;

/// <summary>Codes and decodes inputs of every kind: empty, random, regular, text, and what is no text; then damages each file and has it refused.</summary>
internal static class RoundTrips
{
    private const int MostBytes = 3000;

    /// <summary>Runs them.</summary>
    /// <param name="count">How many for each coder.</param>
    /// <param name="coders">Learners, as on the command line, or files of models.</param>
    /// <returns>Whether every input came back, and every damaged file was refused.</returns>
    internal static bool Run(int count, IReadOnlyList<string> coders)
    {
        bool isRight = true;
        foreach (string name in coders)
        {
            var coding = TextCoding.Of(name);
            (int back, int refused) = (0, 0);
            (long bytes, long coded) = (0, 0);
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
            {
                byte[] input = Input(i);
                byte[] file = Encoded(input, coding);
                Interlocked.Add(ref bytes, input.Length);
                Interlocked.Add(ref coded, file.Length);
                if (Decoded(file, coding) is { } output && output.AsSpan().SequenceEqual(input)) Interlocked.Increment(ref back);
                var rng = new Rng(Rng.Mix(2, (ulong)i));
                if (rng.NextInt(2) == 0) file[rng.NextInt(file.Length)] ^= (byte)(1 + rng.NextInt(255));
                else file = file[..rng.NextInt(file.Length)];
                if (Decoded(file, coding) is null) Interlocked.Increment(ref refused);
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {back} of {count} inputs came back ({bytes} bytes in files of {coded}); {refused} of {count} damaged files were refused"));
            isRight &= back == count && refused == count;
        }
        return isRight;
    }

    /// <summary>Bytes that a model codes the beginnings of texts in, beside the ideal of its probabilities: each text as one, without what a file has around it.</summary>
    internal static void Ideal(string path, string model, int length)
    {
        byte[] all = File.ReadAllBytes(path);
        ITextModel text = TextModelFile.Read(model);
        BlockCoder coder = TextCoding.Of(model).Open(length);
        (double ideal, long coded, int texts) = (0, 0, 0);
        for (int at = 0; at + length <= all.Length && texts < 16; at += all.Length / 16, texts++)
        {
            byte[] part = all[at..(at + length)];
            ideal -= text.Log2Probability(new Passage(part, path, at)) / 8;
            coded += coder.Encode(part, static _ => { }, CancellationToken.None).Length;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{texts} texts of {length} bytes: ideal {ideal:0.0}, coded {coded}, {100 * ((coded / ideal) - 1):0.000} % more"));
    }

    private static byte[] Input(int i)
    {
        var rng = new Rng(Rng.Mix(1, (ulong)i));
        byte[] input = new byte[i % 50 == 0 ? 0 : 1 + rng.NextInt(MostBytes)];
        (int kind, int period) = (i % 5, 1 + rng.NextInt(64));
        for (int at = 0; at < input.Length; at++)
        {
            input[at] = kind switch
            {
                0 => (byte)rng.NextInt(256),
                1 => (byte)(rng.NextInt(40) == 0 ? rng.NextInt(256) : 0xFF),
                // What repeats, with a fault now and then.
                2 when at >= period && rng.NextInt(100) > 0 => input[at - period],
                3 => (byte)"etaoin shrdlu\n"[rng.NextInt(14)],
                // Beginnings of characters of UTF-8 that do not go on.
                _ => (byte)(rng.NextInt(3) == 0 ? 0xC0 + rng.NextInt(64) : rng.NextInt(256)),
            };
        }
        return input;
    }

    private static byte[] Encoded(byte[] input, TextCoding coding)
    {
        using var to = new MemoryStream();
        CodedFile.Encode(new MemoryStream(input), input.Length, to, coding, null, CancellationToken.None);
        return to.ToArray();
    }

    private static byte[]? Decoded(byte[] file, TextCoding coding)
    {
        using var to = new MemoryStream();
        try
        {
            CodedFile.Decode(new MemoryStream(file), to, coding, null, CancellationToken.None);
            return to.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
