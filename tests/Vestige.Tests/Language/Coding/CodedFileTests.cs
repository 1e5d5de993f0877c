using System.Security.Cryptography;
using System.Text;
using Vestige.Language;
using Vestige.Language.CodedFiles;
using Vestige.Language.Coding;
using Vestige.Language.NGrams;
using Vestige.Language.Transformer;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Coding;

public sealed class CodedFileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Random, constant, periodic, all bytes, none: what models of text have never seen.</summary>
    [Theory]
    [InlineData("ppm:order=2,memory=1", 300)]
    [InlineData("ppm:order=16", 300)]
    [InlineData("cm", 60)]
    public void Any_bytes_come_back(string coder, int inputs)
    {
        var coding = TextCoding.Of(coder);
        var rng = new Rng(4);
        for (int i = 0; i < inputs; i++)
        {
            byte[] text = Input(i, ref rng);
            Assert.Equal(text, Decoded(Encoded(text, coding), null));
        }
    }

    [Fact]
    public void Several_blocks_come_back_and_their_model_goes_on_learning()
    {
        byte[] text = new byte[(2 * CodedFileWriter.BlockBytes) + 77];
        var rng = new Rng(5);
        // 4096 random bytes over and over: from the second time on they are known.
        for (int i = 0; i < text.Length; i++) text[i] = i < 4096 ? (byte)rng.NextInt(256) : text[i - 4096];
        byte[] coded = Encoded(text, TextCoding.Of("ppm:order=4"));
        Assert.Equal(text, Decoded(coded, null));
        Assert.True(coded.Length < 4096 + (text.Length / 20), $"{coded.Length} bytes");
    }

    [Fact]
    public void A_damaged_or_cut_file_is_refused_wherever_it_is_hurt()
    {
        byte[] coded = Encoded(Encoding.ASCII.GetBytes("It was the best of times, it was the worst of times."), TextCoding.Of("ppm:order=3"));
        for (int i = 0; i < coded.Length; i++)
        {
            Assert.Throws<InvalidDataException>(() => Decoded(coded[..i], null));
            byte[] wrong = [.. coded];
            wrong[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => Decoded(wrong, null));
        }
        Assert.Contains("behind its end", Assert.Throws<InvalidDataException>(() => Decoded([.. coded, 0], null)).Message, StringComparison.Ordinal);
        byte[] newer = [.. coded];
        newer["vestige.coded".Length + 1] = 9;
        Assert.Contains("use a newer vestige", Assert.Throws<InvalidDataException>(() => Decoded(newer, null)).Message, StringComparison.Ordinal);
    }

    /// <summary>Every check is right, and what they vouch for is a lie.</summary>
    [Theory]
    [InlineData(1L << 60, 52, 0, 52, "52 bytes")]
    [InlineData(0, 600_000, 0, 52, "a block would have 600000 bytes")]
    [InlineData(0, 53, 0, 52, "more than was coded")]
    [InlineData(0, 52, 1L << 40, 52, "a coded block would have")]
    [InlineData(0, 52, 0, 51, "says that it holds 51 bytes")]
    public void Sizes_that_lie_are_refused_before_anything_is_made_of_them(long whole, long block, long coded, long end, string reason)
    {
        byte[] text = Encoding.ASCII.GetBytes("It was the best of times, it was the worst of times.");
        byte[] body = TextCoding.Of("ppm:order=3").Open(0).Encode(text, _ => { }, Cancel);
        // Nothing but the length can say that there is one byte more: what the coder's last byte leaves open is taken away.
        if (block > text.Length) body = body[..^1];
        byte[] forged = Forged("ppm:order=3,memory=256", whole, block, coded == 0 ? body.Length : coded, body, end, text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => Decoded(forged, null));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        // A block at most, twice, and the model's first tables.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
    }

    /// <summary>A file names what codes it, and a name is never a path: nothing on the disk is opened for it.</summary>
    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("ppm:order=99")]
    [InlineData("ppm:order=2..16,memory=1..2000/1")]
    [InlineData("\u001b[2Jx")]
    public void A_name_that_no_coder_has_is_refused(string name)
    {
        byte[] forged = Forged(name, 0, 0, 0, [], 0, []);
        string message = Assert.Throws<InvalidDataException>(() => Decoded(forged, null)).Message;
        Assert.Contains("which this program does not have", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', message);
    }

    private static byte[] Forged(string name, long whole, long block, long coded, byte[] body, long end, byte[] text)
    {
        using var to = new MemoryStream();
        using var writer = new CodedWriter(to);
        writer.Add([.. "vestige.coded"u8, 0, CodedFileWriter.Version, 1]);
        writer.AddNumber(name.Length);
        writer.Add(Encoding.ASCII.GetBytes(name));
        writer.AddNumber(whole);
        writer.Check();
        if (block > 0)
        {
            writer.AddNumber(block);
            writer.AddNumber(coded);
            writer.Add(body);
            writer.Check();
        }
        writer.AddNumber(0);
        writer.AddNumber(end);
        writer.Add(SHA256.HashData(text).AsSpan(0, 16));
        writer.Check();
        return to.ToArray();
    }

    /// <summary>The files themselves: who changes what a coder does makes older files unreadable, and must raise <see cref="CodedFileWriter.Version"/>.</summary>
    [Theory]
    [InlineData("ppm:order=5", "3a80530ebe741fb6")]
    [InlineData("cm", "92feede2b5c0a4f8")]
    public void Files_are_the_same_from_one_version_to_the_next(string coder, string hash) => Assert.Equal(hash, Hashed(coder)[..hash.Length]);

    /// <summary>Whatever the processor can do, the same files come out; so they decode as well.</summary>
    [Theory]
    [MemberData(nameof(ChildProcess.LesserProcessors), MemberType = typeof(ChildProcess))]
    public void Files_are_the_same_on_lesser_processors(string setting) => Assert.Equal(AllHashed(), ChildProcess.Run(AllHashed, setting, "DOTNET_PROCESSOR_COUNT=1"));

    private static string AllHashed()
    {
        var counts = NGramTrainer.Count([Sentences(2, 1000)], 3, null, CancellationToken.None);
        GptOptions options = new() { Layers = 1, Width = 32, Heads = 2, Context = 16, Threads = 1 };
        var weights = new GptWeights(options, training: false);
        var rng = new Rng(3);
        foreach (ref float value in weights.Values.Span) value = (float)(rng.NextDouble() - 0.5);
        return string.Join('\n', Hashed("cm"), Hashed("ppm:order=5"), Hashed(new NGramText("n", new NGramModel(counts), 1, SamplingOptions.Plain, 64, [])),
            Hashed(new TransformerText("t", new Gpt(options, weights.Values.Span, [], []), SamplingOptions.Plain, 64)));
    }

    private static string Hashed(string coder) => Convert.ToHexStringLower(SHA256.HashData(Encoded(Sentences(1, 3000), TextCoding.Of(coder))));

    // Two texts in step, and one that ends before the other.
    private static string Hashed(ICodedText model)
    {
        using var to = new MemoryStream();
        var coder = new RangeEncoder(to);
        model.Code([Sentences(1, 300), Sentences(3, 200)], new EncodingSteps(coder), null, CancellationToken.None);
        coder.End();
        return Convert.ToHexStringLower(SHA256.HashData(to.ToArray()));
    }

    private static byte[] Sentences(ulong seed, int bytes)
    {
        string[] words = ["It", "was", "the", "best", "worst", "of", "times", "age", "wisdom,", "foolishness."];
        var rng = new Rng(seed);
        var text = new StringBuilder();
        while (text.Length < bytes) text.Append(words[rng.NextInt(words.Length)]).Append(rng.NextInt(9) == 0 ? '\n' : ' ');
        return Encoding.ASCII.GetBytes(text.ToString()[..bytes]);
    }

    /// <summary>What an audit shows beside the ideal is the length of the file that <c>vestige encode</c> writes.</summary>
    [Fact]
    public void The_bytes_that_a_model_says_its_files_take_are_those_of_its_files()
    {
        string path = Path.GetTempFileName();
        try
        {
            var model = new NGramText("n", new NGramModel(NGramTrainer.Count([Sentences(2, 1000)], 3, null, CancellationToken.None)), 1, SamplingOptions.Plain, 64, []);
            using (FileStream to = File.Create(path)) model.Write(to);
            byte[] text = Sentences(1, 3000);
            long bytes = model.FileBytes([new Passage(text.AsMemory(0, 1000), "a", 0), new Passage(text.AsMemory(1000), "a", 1000)], Cancel);
            Assert.Equal(Encoded(text, TextCoding.Of(path)).Length, bytes);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_no_probability_is_refused()
    {
        double[] nonsense = new double[256];
        Assert.Throws<InvalidDataException>(() => ByteSteps.Code(1, nonsense, new NoSteps()));
        nonsense[0] = 1;
        nonsense[1] = double.NaN;
        Assert.Throws<InvalidDataException>(() => ByteSteps.Code(1, nonsense, new NoSteps()));
    }

    /// <summary>A carry that runs through bytes of 255, and intervals as narrow as they get.</summary>
    [Fact]
    public void The_coder_gives_every_step_back_whatever_its_probability()
    {
        var rng = new Rng(6);
        for (int round = 0; round < 50; round++)
        {
            (uint Below, uint Frequency, uint Total)[] steps = [.. Enumerable.Range(0, 400).Select(_ => Step(ref rng))];
            using var file = new MemoryStream();
            var encoder = new RangeEncoder(file);
            foreach ((uint below, uint frequency, uint total) in steps) encoder.Encode(below, frequency, total);
            encoder.End();
            file.Position = 0;
            var decoder = new RangeDecoder(file);
            foreach ((uint below, uint frequency, uint total) in steps)
            {
                uint place = decoder.Place(total);
                Assert.InRange(place, below, below + frequency - 1);
                decoder.Take(below, frequency, total);
            }
        }
    }

    private static (uint Below, uint Frequency, uint Total) Step(ref Rng rng)
    {
        uint total = rng.NextInt(3) == 0 ? 1u << 24 : 1 + (uint)rng.NextInt(1 << rng.NextInt(25));
        uint frequency = rng.NextInt(2) == 0 ? 1 : 1 + (uint)rng.NextInt((int)total);
        uint below = rng.NextInt(2) == 0 ? total - frequency : (uint)rng.NextInt((int)(total - frequency) + 1);
        return (below, frequency, total);
    }

    private static byte[] Input(int number, ref Rng rng)
    {
        byte[] text = new byte[number < 3 ? number : rng.NextInt(400)];
        int period = 1 + rng.NextInt(9);
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (number % 4) switch
            {
                0 => (byte)rng.NextInt(256),
                1 => (byte)(i < period ? rng.NextInt(256) : text[i - period]),
                2 => (byte)i,
                _ => (byte)"ab \n"[rng.NextInt(4)],
            };
        }
        return text;
    }

    private static byte[] Encoded(byte[] text, TextCoding coding)
    {
        using var file = new MemoryStream();
        (long bytes, long coded) = CodedFile.Encode(new MemoryStream(text), text.Length, file, coding, null, CancellationToken.None);
        Assert.Equal((text.Length, file.Length), (bytes, coded));
        return file.ToArray();
    }

    private static byte[] Decoded(byte[] coded, TextCoding? model)
    {
        using var text = new MemoryStream();
        CodedFile.Decode(new MemoryStream(coded), text, model, null, Cancel);
        return text.ToArray();
    }
}
