using System.Security.Cryptography;
using Vestige.Language;
using Vestige.Language.Coding;
using Vestige.Language.ContextMixing;
using Vestige.Language.Learning;
using Vestige.Language.Ppm;
using Vestige.Language.Sequential;
using Vestige.Language.Storage;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Learning;

/// <summary>Models that learn as they read: PPM and the context mixer.</summary>
public sealed class LearnerTests
{
    private static readonly LearnerKind s_ppm = new PpmKind(), s_cm = new MixerKind();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 256)]
    [InlineData(6, 256)]
    [InlineData(16, 256)]
    public void Many_short_texts_are_learnt_and_learnt_again_from_what_they_were_coded_into(int order, int memory)
    {
        var rng = new Rng((ulong)order);
        foreach (int alphabet in new[] { 1, 2, 5, 256 })
        {
            Learnt learnt = Learn(s_ppm, [order, memory], Texts(ref rng, 400, alphabet));
            var again = Learnt.From(s_ppm, learnt.Settings, learnt.Lengths, learnt.Coded);
            ITextReader one = s_ppm.Open(learnt.Learner), other = s_ppm.Open(again.Learner);
            foreach (ReadOnlyMemory<byte> text in Texts(ref rng, 20, alphabet)) Compare(one, other, text.Span);
        }
    }

    [Fact]
    public void Where_the_memory_is_used_up_no_more_contexts_are_made_and_all_goes_on()
    {
        var rng = new Rng(3);
        byte[] text = new byte[1 << 20];
        foreach (ref byte symbol in text.AsSpan()) symbol = (byte)rng.NextInt(256);
        Learnt learnt = Learn(s_ppm, [8, 1], [text]);
        Assert.False(((PpmModel)learnt.Learner).Trie.HasRoom);
        Compare(s_ppm.Open(learnt.Learner), s_ppm.Open(Learnt.From(s_ppm, learnt.Settings, learnt.Lengths, learnt.Coded).Learner), text.AsSpan(0, 300));
        // Random bytes cannot be coded in fewer; what is more is what it believes in vain.
        Assert.InRange(learnt.Coded.Length, text.Length, 1.2 * text.Length);
    }

    /// <summary>Reading takes back what it learnt in the passage before, and one byte's probability is that of the distribution.</summary>
    [Fact]
    public void A_mixer_says_the_same_of_a_passage_whatever_it_read_before()
    {
        var rng = new Rng(8);
        Learnt learnt = Learn(s_cm, [], Texts(ref rng, 40, 5));
        ITextReader reader = s_cm.Open(learnt.Learner), fresh = s_cm.Open(learnt.Learner);
        foreach (byte symbol in "abcabcabc xyz"u8) reader.Read(symbol);
        reader.Restart();
        Compare(reader, fresh, "abbcab"u8);
        // More than can be noted: all is copied again.
        byte[] much = new byte[20000];
        foreach (ref byte symbol in much.AsSpan()) symbol = (byte)rng.NextInt(256);
        ((ILearner)reader).Learn(much, new NoSteps());
        Compare(reader, fresh, "cabcab"u8);
    }

    /// <summary>Draws made bit by bit are those of the whole distribution: at a place in the middle of a byte's own share, that byte.</summary>
    [Theory]
    [InlineData("ppm")]
    [InlineData("cm")]
    public void A_byte_is_drawn_where_its_share_lies(string name)
    {
        LearnerKind kind = name == "cm" ? s_cm : s_ppm;
        var rng = new Rng(9);
        Learnt learnt = Learn(kind, name == "cm" ? [] : [4, 16], Texts(ref rng, 40, 5));
        ITextReader reader = kind.Open(learnt.Learner), drawing = kind.Open(learnt.Learner);
        double[] all = new double[256];
        // A context mixer has its own order: that of its questions.
        int[] order = [.. Enumerable.Range(0, 256).OrderBy(symbol => name == "cm" ? ByteTree.Text.Answers[symbol] << (24 - ByteTree.Text.Questions[symbol]) : (uint)symbol)];
        double below = 0;
        foreach (int symbol in order)
        {
            reader.Restart();
            drawing.Restart();
            reader.Predict(all);
            Assert.Equal(symbol, drawing.Draw(below + (all[symbol] / 2)));
            below += all[symbol];
        }
    }

    [Fact]
    public void A_damaged_model_is_refused_whatever_byte_is_wrong_or_missing()
    {
        byte[] file = File(s_ppm, [4, 16]);
        Assert.Equal(file, Bytes(LearntFile.Read("again", s_ppm, file)));
        for (int i = 0; i < file.Length; i++)
        {
            Assert.Throws<InvalidDataException>(() => LearntFile.Read("cut", s_ppm, file.AsSpan(0, i)));
            byte[] wrong = [.. file];
            wrong[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => LearntFile.Read("wrong", s_ppm, wrong));
        }
        Assert.Throws<InvalidDataException>(() => LearntFile.Read("other", s_cm, file));
    }

    /// <summary>With a right checksum any coded bytes are some T, or the start of one: a model that works, or a refusal, never a fault.</summary>
    [Fact]
    public void A_forged_model_does_no_harm()
    {
        Learnt learnt = Learn(s_ppm, [6, 16], ForgedTexts());
        byte[] file = File(s_ppm, [6, 16]);
        int first = file.Length - Packer.ChecksumBytes - learnt.Coded.Length;
        Assert.Equal(learnt.Coded, file[first..^Packer.ChecksumBytes]);
        var rng = new Rng(11);
        int worked = 0, refused = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] forged = [.. file];
            forged[first + rng.NextInt(learnt.Coded.Length)] ^= (byte)(1 + rng.NextInt(255));
            if (Works(s_ppm, forged)) worked++;
            else refused++;
        }
        // Behind the wrong byte a random text follows, which takes as many bytes as are there or more, about as often.
        Assert.True(worked > 50 && refused > 50, $"{worked} worked, {refused} were refused");
    }

    /// <summary>A length that lies asks neither for memory nor for hours: the coded bytes end before it does.</summary>
    [Fact]
    public void A_forged_length_is_refused_at_once()
    {
        byte[] file = File(s_ppm, [6, 16]);
        Learnt learnt = Learn(s_ppm, [6, 16], ForgedTexts());
        // The last text's length, one byte before that of the coded bytes.
        int at = file.Length - Packer.ChecksumBytes - learnt.Coded.Length - 2;
        Assert.Equal(learnt.Lengths[^1], file[at]);
        byte[] forged = [.. file[..at], 0xFF, 0xFF, 0xFF, 0x7F, .. file[(at + 1)..]];
        Assert.False(Works(s_ppm, forged));
    }

    private static bool Works(LearnerKind kind, byte[] forged)
    {
        SHA256.HashData(forged.AsSpan(..^Packer.ChecksumBytes))[..Packer.ChecksumBytes].CopyTo(forged.AsSpan(^Packer.ChecksumBytes));
        try
        {
            Assert.True(LearntFile.Read("forged", kind, forged).Log2Probability(new Passage("abc"u8.ToArray(), "", 0)) < 0);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>All that a new model must bring: what may come next. Here: the byte after the last one, with 1 - 1/64, or any.</summary>
    [Fact]
    public void A_model_that_only_says_what_comes_next_draws_scores_completes_and_codes()
    {
        var model = new Counting(SamplingOptions.Plain);
        Assert.Equal("bcde"u8.ToArray(), model.Complete(["a"u8.ToArray()], 4, null, Cancel).Single());
        Assert.Equal(-8 + (3 * Math.Log2(Counting.Next)), model.Log2Probability(new Passage("abcd"u8.ToArray(), "", 0)), 1e-12);
        byte[][] drawn = model.Sample(100, 20, "a"u8.ToArray(), 1, 0, null, Cancel);
        // 2000 draws of chance 63/64: mean 1969, 5 deviations of 5.6 to either side.
        Assert.InRange(drawn.Sum(text => text.Where((symbol, i) => symbol == (i == 0 ? 'a' : text[i - 1]) + 1).Count()), 1941, 1997);
        var texts = new SortedTexts(new byte[][] { [1, 2, 3], [1, 2, 9], [7, 8, 9] });
        (double[] log2, _) = ((IPromptedText)model).Log2Probabilities(texts, 1, 0, null, Cancel);
        Assert.Equal(2 * Math.Log2(Counting.Next), log2[0], 1e-12);
        byte[] some = [.. drawn.SelectMany(text => text)], back = new byte[some.Length];
        using var file = new MemoryStream();
        var encoder = new RangeEncoder(file);
        ((ICodedText)model).Code([some], new EncodingSteps(encoder), null, Cancel);
        encoder.End();
        file.Position = 0;
        ((ICodedText)model).Code([back], new DecodingSteps(new RangeDecoder(file)), null, Cancel);
        Assert.Equal(some, back);
        Assert.Equal(-model.Log2Probability(new Passage(some, "", 0)) / 8, file.Length, 2.0);
    }

    private static void Compare(ITextReader one, ITextReader other, ReadOnlySpan<byte> text)
    {
        double[] all = new double[256];
        one.Restart();
        other.Restart();
        foreach (byte symbol in text)
        {
            one.Predict(all);
            // 256 sums of rounded numbers; a context mixer's are of 16 bits, and exact.
            Assert.Equal(1, all.Sum(), 1e-12);
            Assert.True(all.Min() > 0);
            Assert.Equal(all[symbol], other.Take(symbol));
            one.Read(symbol);
        }
    }

    private static List<ReadOnlyMemory<byte>> Texts(ref Rng rng, int count, int alphabet)
    {
        List<ReadOnlyMemory<byte>> texts = [];
        for (int i = 0; i < count; i++)
        {
            byte[] text = new byte[1 + rng.NextInt(30)];
            foreach (ref byte symbol in text.AsSpan()) symbol = (byte)('a' + rng.NextInt(alphabet));
            texts.Add(text);
        }
        return texts;
    }

    private static Learnt Learn(LearnerKind kind, IReadOnlyList<int> settings, IReadOnlyList<ReadOnlyMemory<byte>> texts) => Learnt.From(kind, settings, texts, null, Cancel);

    private static byte[] File(LearnerKind kind, IReadOnlyList<int> settings) =>
        Bytes(new LearntText("m", Learn(kind, settings, ForgedTexts()), SamplingOptions.Plain, 16, [1, 2]));

    private static List<ReadOnlyMemory<byte>> ForgedTexts()
    {
        var rng = new Rng(2);
        return Texts(ref rng, 12, 5);
    }

    private static byte[] Bytes(LearntText model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }

    private sealed class Counting(SamplingOptions sampling) : SequentialText("counting", sampling, 20, [])
    {
        internal const double Rest = 1.0 / 64 / 256, Next = (63.0 / 64) + Rest;

        public override string Summary => "a model that counts";

        public override long? DescriptionBytes => 0;

        public override ITextModel Drawing(string name, SamplingOptions options, int passageBytes) => new Counting(options);

        public override void Write(Stream stream)
        {
        }

        internal override ITextReader Open() => new Reader();

        private sealed class Reader : ITextReader
        {
            private int _last = -1;

            public void Restart() => _last = -1;

            public void Predict(Span<double> into)
            {
                into.Fill(_last < 0 ? 1.0 / 256 : Rest);
                if (_last >= 0) into[(_last + 1) & 0xFF] += 63.0 / 64;
            }

            public void Read(byte symbol) => _last = symbol;
        }
    }
}
