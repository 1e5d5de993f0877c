using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using Vestige.Language;
using Vestige.Models;
using Vestige.Models.Llama;
using Vestige.Tests.Images;

namespace Vestige.Tests.Models;

/// <summary>GGUF files as models of passages, against a pass in double precision.</summary>
public sealed class GgufTextTests : IDisposable
{
    // llama.cpp adds in 32 bits: over the tiny model's sums errors of some 1e-6 in a log-probability are expected.
    private const double Rounding = 1e-4;

    private readonly TempFolder _folder = new();
    private readonly TinyModel _tiny = new(1);
    private readonly string _file;

    public GgufTextTests() => _file = _tiny.Write(Path.Combine(_folder.Path, "tiny.gguf"));

    public void Dispose() => _folder.Dispose();

    /// <summary>The tokens that a text must have, by hand: the merges of the highest scores first, bytes for the rest.</summary>
    private int[] Tokens(params string[] pieces) =>
        [.. pieces.Select(piece => Enumerable.Range(0, _tiny.Tokens.Count).Last(i => Encoding.UTF8.GetString(_tiny.Tokens[i].Text) == piece))];

    [Fact]
    public void A_passage_has_the_probability_of_its_tokens_after_BOS()
    {
        int[] tokens = Tokens("▁the", "▁", "s", "e", "a", "▁a", "n", "d", "<0x7A>");
        Assert.Equal(BitsOf(tokens, TinyModel.Context), -GgufText.Read(_file).Log2Probability(Text("the sea andz")), Rounding);
    }

    /// <summary>Bytes that are no UTF-8 are read one by one, and a vocabulary's space stands before what is text.</summary>
    [Fact]
    public void A_passage_that_begins_inside_a_character_is_read_by_its_bytes()
    {
        int[] tokens = [.. Tokens("<0xA9>"), .. Tokens("▁the"), .. Tokens("<0xC3>")];
        var passage = new Passage((byte[])[0xA9, .. "the"u8, 0xC3], "test", 0);
        Assert.Equal(BitsOf(tokens, TinyModel.Context), -GgufText.Read(_file).Log2Probability(passage), Rounding);
    }

    /// <summary>Windows of 16: the first has 16 tokens, each later one predicts 8 more from 8 before them.</summary>
    [Fact]
    public void What_is_longer_than_the_context_is_read_in_windows()
    {
        string text = string.Concat(Enumerable.Range(0, 50).Select(i => (char)('0' + (i * i % 10))));
        int[] tokens = [.. Tokens("▁"), .. Tokens([.. text.Select(digit => $"<0x{(int)digit:X2}>")])];
        Assert.Equal(BitsOf(tokens, 16), -GgufText.Read(_file, 16).Log2Probability(Text(text)), Rounding);
        Assert.NotEqual(BitsOf(tokens, 16), BitsOf(tokens, TinyModel.Context), 1e-2);
    }

    [Fact]
    public void Each_length_of_the_last_window_is_right()
    {
        GgufText model = GgufText.Read(_file, 8);
        for (int length = 1; length < 30; length++)
        {
            string text = new([.. Enumerable.Range(0, length).Select(i => (char)('0' + (i * 7 % 10)))]);
            int[] tokens = [.. Tokens("▁"), .. Tokens([.. text.Select(digit => $"<0x{(int)digit:X2}>")])];
            Assert.Equal(BitsOf(tokens, 8), -model.Log2Probability(Text(text)), Rounding);
        }
    }

    [Fact]
    public void Scores_do_not_depend_on_what_was_scored_before_and_repeat_bit_for_bit()
    {
        Passage[] passages = [Text("the sand"), Text("and then"), Text("zebra")];
        double[] together = ((Vestige.Compressors.IDensity<Passage>)GgufText.Read(_file)).Log2Probabilities(passages);
        double[] backwards = [.. passages.Reverse().Select(GgufText.Read(_file).Log2Probability)];
        Assert.Equal(together, backwards.Reverse());
    }

    [Fact]
    public void Texts_are_the_same_however_many_are_drawn_and_have_their_length()
    {
        GgufText model = GgufText.Read(_file);
        CancellationToken cancel = TestContext.Current.CancellationToken;
        byte[][] many = model.Sample(20, 100, default, 5, 0, null, cancel), some = model.Sample(3, 100, default, 5, 9, null, cancel);
        Assert.All(many, text => Assert.Equal(100, text.Length));
        Assert.Equal(many[9..12], some);
        Assert.Equal(20, many.Select(Convert.ToHexString).Distinct().Count());
        Assert.NotEqual(many[0], model.Sample(1, 100, default, 6, 0, null, cancel)[0]);
    }

    /// <summary>Texts that were drawn cost what the model's own entropy is: what draws is what scores.</summary>
    [Fact]
    public void What_is_drawn_is_drawn_with_the_probabilities_that_score_it()
    {
        GgufText model = GgufText.Read(_file);
        // First tokens that are one byte of their own, which no merge and no space can stand for.
        byte[][] drawn = model.Sample(1600, 1, "x"u8.ToArray(), 3, 0, null, TestContext.Current.CancellationToken);
        int[] before = Tokens("▁", "<0x78>");
        double[] next = PlainLlama.Softmax(PlainLlama.Logits(_tiny, [1, .. before])[^1]);
        double[] byFirst = new double[256];
        double all = 0;
        for (int token = 0; token < next.Length; token++)
        {
            if (_tiny.Tokens[token].Kind is 2 or 3) continue;
            all += next[token];
            byFirst[FirstByte(token)] += next[token];
        }
        // Chi-square over bytes of 10 expected draws and more, the rest together: 3.3 standard deviations.
        int[] frequent = [.. Enumerable.Range(0, 256).Where(b => byFirst[b] / all * drawn.Length >= 10)];
        double expected(IEnumerable<int> bytes) => bytes.Sum(b => byFirst[b]) / all * drawn.Length;
        int[] rare = [.. Enumerable.Range(0, 256).Except(frequent)];
        double chi = frequent.Select(b => (int[])[b]).Append(rare).Sum(cell => Math.Pow(drawn.Count(text => cell.Contains(text[0])) - expected(cell), 2) / expected(cell));
        Assert.True(frequent.Length >= 10);
        Assert.InRange(chi, frequent.Length - (3.3 * Math.Sqrt(2 * frequent.Length)), frequent.Length + (3.3 * Math.Sqrt(2 * frequent.Length)));
    }

    [Fact]
    public void A_completion_takes_the_most_probable_token_each_time()
    {
        byte[][] said = GgufText.Read(_file).Complete(["xyz"u8.ToArray(), "the"u8.ToArray()], 4, null, TestContext.Current.CancellationToken);
        List<int> tokens = [1, .. Tokens("▁", "<0x78>", "<0x79>", "<0x7A>")];
        List<byte> text = [];
        while (text.Count < 4)
        {
            double[] logits = PlainLlama.Logits(_tiny, tokens)[^1];
            int best = Enumerable.Range(3, logits.Length - 3).MaxBy(token => logits[token]);
            tokens.Add(best);
            text.AddRange(Bytes(best));
        }
        Assert.Equal(text.Take(4), said[0]);
        Assert.Equal(4, said[1].Length);
    }

    [Fact]
    public void What_top_p_never_draws_has_probability_0()
    {
        GgufText whole = GgufText.Read(_file);
        ITextModel cut = whole.Drawing("cut", new SamplingOptions(TopP: 0.2), 16);
        byte[] drawn = cut.Sample(1, 12, default, 1, 0, null, TestContext.Current.CancellationToken)[0];
        Assert.Equal(12, drawn.Length);
        Assert.Equal(double.NegativeInfinity, cut.Log2Probability(Text("qqqqqqqqqqqq")));
        Assert.True(double.IsFinite(whole.Log2Probability(Text("qqqqqqqqqqqq"))));
    }

    [Fact]
    public void It_says_what_it_is_and_how_it_was_run()
    {
        GgufText model = GgufText.Read(_file, 32);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_file))), model.Identity);
        Assert.Equal(new FileInfo(_file).Length, model.DescriptionBytes);
        Assert.Contains("LLamaSharp 0.30.0", model.Settings, StringComparison.Ordinal);
        Assert.Contains("32-bit caches, no flash attention; windows of 32 tokens, 512 together", model.Settings, StringComparison.Ordinal);
        // The build for AVX2 runs on processors that can do more, so that figures are the same there.
        if (Avx2.IsSupported) Assert.Contains(" AVX2 ", model.Settings, StringComparison.Ordinal);
        Assert.DoesNotContain("AVX512", model.Settings, StringComparison.Ordinal);
        using var written = new MemoryStream();
        model.Write(written);
        Assert.Equal(File.ReadAllBytes(_file), written.ToArray());
    }

    [Fact]
    public void A_vocabulary_that_lacks_bytes_gives_what_it_cannot_write_probability_0_and_that_is_said()
    {
        string file = new TinyModel(2, bytes: false, pairs: true).Write(Path.Combine(_folder.Path, "letters.gguf"));
        GgufText model = GgufText.Read(file);
        Assert.True(double.IsFinite(model.Log2Probability(Text("the sand"))));
        Assert.Equal(double.NegativeInfinity, model.Log2Probability(Text("zebra")));
        Assert.Contains(model.Notices, notice => notice.Contains("a passage that needs one has probability 0", StringComparison.Ordinal));
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => model.Sample(1, 4, "zebra"u8.ToArray(), 1, 0, null, TestContext.Current.CancellationToken));
        Assert.Contains("cannot write", refused.Message, StringComparison.Ordinal);
        Assert.Empty(GgufText.Read(_file).Notices);
    }

    /// <summary>Of everything between one layer and the next flash attention and caches of 16 bits round to 11 bits, 5e-4 of each number; of the tiny
    /// model's logits, a few in size, some 1e-3 is left.</summary>
    [Theory]
    [InlineData(true, "f32", "32-bit caches, flash attention")]
    [InlineData(false, "f16", "16-bit caches, no flash attention")]
    [InlineData(true, "f16", "16-bit caches, flash attention")]
    public void It_runs_as_it_is_told_and_says_so(bool flash, string cache, string said)
    {
        Passage text = Text("the sand and the sea and the sand");
        double exact = GgufText.Read(_file).Log2Probability(text);
        GgufText model = GgufText.Read(_file, new LlamaSettings(flash, cache), 0);
        Assert.NotEqual(exact, model.Log2Probability(text));
        Assert.Equal(exact, model.Log2Probability(text), 1e-3 * text.Bytes.Length);
        Assert.Contains(said + ";", model.Settings, StringComparison.Ordinal);
        Assert.Contains(said + ";", model.Drawing("drawn", SamplingOptions.Plain, 16).Settings, StringComparison.Ordinal);
    }

    [Fact]
    public void Packed_caches_go_with_flash_attention_only()
    {
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => GgufText.Read(_file, new LlamaSettings(false, "q8_0"), 0));
        Assert.Contains("cache=q8_0 goes with flash attention only", refused.Message, StringComparison.Ordinal);
        // Heads of the tiny model are not blocks of 32: llama.cpp would end the process.
        refused = Assert.Throws<InvalidDataException>(() => GgufText.Read(_file, new LlamaSettings(true, "q8_0"), 0));
        Assert.Contains($"packs 32 numbers together, and the model's heads are {TinyModel.Width / TinyModel.Heads} wide", refused.Message, StringComparison.Ordinal);
    }

    private static Passage Text(string text) => new(Encoding.UTF8.GetBytes(text), "test", 0);

    private byte[] Bytes(int token) => _tiny.Tokens[token].Kind == 6
        ? [(byte)(token - 3)] : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_tiny.Tokens[token].Text).Replace('▁', ' '));

    private byte FirstByte(int token) => Bytes(token)[0];

    private double BitsOf(int[] tokens, int context)
    {
        double bits = 0;
        for (int scored = 0; scored < tokens.Length;)
        {
            int start = scored < context ? 0 : scored - (context / 2);
            int end = Math.Min(tokens.Length, start + context);
            double[][] logits = PlainLlama.Logits(_tiny, [1, .. tokens[start..(end - 1)]]);
            for (int i = scored; i < end; i++) bits -= Math.Log2(PlainLlama.Softmax(logits[i - start])[tokens[i]]);
            scored = end;
        }
        return bits;
    }
}
