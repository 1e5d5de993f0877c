using System.Security.Cryptography;
using System.Text;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.NGrams;
using Vestige.Language.Sources;
using Vestige.Numerics;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Tests.Images;

namespace Vestige.Tests.Language.NGrams;

public sealed class NGramTextTests : IDisposable
{
    private const string Text = "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness.";

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_read_back_is_the_model_that_was_written()
    {
        NGramText model = Compress("ngram:order=5");
        byte[] file = Bytes(model);
        NGramText read = NGramText.Read("again", file);
        Assert.True(NGramText.IsModel(file));
        Assert.Equal(file, Bytes(read));
        Assert.Equal((5, 16, model.StoredNGrams, model.DescriptionBytes), (read.Order, read.PassageBytes, read.StoredNGrams, read.DescriptionBytes));
        Assert.Equal(model.Documents, read.Documents);
        Assert.Equal(model.Log2Probability(Passage("the worst of age")), read.Log2Probability(Passage("the worst of age")));
        // Magic, version, length, number of hashes, that of the text, which is one section, and the checksum.
        Assert.Equal(file.Length, 14 + 1 + 1 + 1 + 16 + model.DescriptionBytes + 16);
    }

    [Fact]
    public void A_damaged_model_is_refused_whatever_byte_is_wrong_or_missing()
    {
        byte[] file = Bytes(Compress("ngram:order=4"));
        for (int i = 0; i < file.Length; i++)
        {
            Assert.Throws<InvalidDataException>(() => NGramText.Read("cut", file.AsSpan(0, i)));
            byte[] wrong = [.. file];
            wrong[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => NGramText.Read("wrong", wrong));
        }
        byte[] newer = [.. file];
        newer[14] = 2;
        Assert.Contains("of version 2", Assert.Throws<InvalidDataException>(() => NGramText.Read("newer", newer)).Message, StringComparison.Ordinal);
    }

    /// <summary>With a right checksum the rest must hold on its own: it is refused, or it is a model that works.</summary>
    [Fact]
    public void A_forged_model_does_no_harm()
    {
        byte[] file = Bytes(Compress("ngram:order=8"));
        var rng = new Rng(11);
        int refused = 0;
        for (int round = 0; round < 1000; round++)
        {
            byte[] forged = [.. file];
            for (int i = rng.NextInt(3); i >= 0; i--) forged[15 + rng.NextInt(file.Length - 31)] = (byte)rng.NextInt(256);
            SHA256.HashData(forged.AsSpan(..^16)).AsSpan(0, 16).CopyTo(forged.AsSpan(^16));
            try
            {
                NGramText model = NGramText.Read("forged", forged);
                Assert.False(double.IsNaN(model.Log2Probability(Passage(Text))));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1, 999);
    }

    /// <summary>Each byte's share of 20,000 draws against its chance.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(",temperature=0.5")]
    [InlineData(",top_p=0.7")]
    [InlineData(",top_k=3")]
    public void What_is_drawn_has_the_probability_that_is_said(string options)
    {
        NGramText model = Compress("ngram:order=4" + options);
        const int count = 20_000;
        ReadOnlyMemory<byte> prompt = "it was"u8.ToArray();
        int[] drawn = new int[256];
        foreach (byte[] text in model.Sample(count, 1, prompt, 1, 0, null, Cancel)) drawn[text[0]]++;
        double before = model.Log2Probability(new Passage(prompt, "", 0)), all = 0, rare = 0;
        int rareDrawn = 0;
        for (int symbol = 0; symbol < 256; symbol++)
        {
            double p = double.IsNegativeInfinity(before) ? Conditional(model, prompt.Span, (byte)symbol)
                : Math.Pow(2, model.Log2Probability(new Passage((byte[])[.. prompt.Span, (byte)symbol], "", 0)) - before);
            all += p;
            if (p == 0) Assert.Equal(0, drawn[symbol]);
            // A byte expected less than five times has no normal law: nearly all 256 are such, and any one of them may come. Together they are one cell.
            if (count * p < 5)
            {
                (rare, rareDrawn) = (rare + (count * p), rareDrawn + drawn[symbol]);
                continue;
            }
            // Five standard errors: over at most a dozen such bytes a false alarm once in 100,000 seeds, and the seed is fixed.
            Assert.InRange(drawn[symbol], (count * p) - (5 * Math.Sqrt(count * p)), (count * p) + (5 * Math.Sqrt(count * p)));
        }
        // The rare ones together likewise, or where they too are few by Poisson's law, at one in a million on either side.
        if (rare >= 5) Assert.InRange(rareDrawn, rare - (5 * Math.Sqrt(rare)), rare + (5 * Math.Sqrt(rare)));
        else Assert.True(PoissonTail(rare, rareDrawn) > 1e-6 && 1 - PoissonTail(rare, rareDrawn + 1) > 1e-6, $"{rareDrawn} rare bytes for {rare}");
        Assert.Equal(1, all, 1e-12);
    }

    /// <summary>The chance of that many or more where <paramref name="mean"/> are expected.</summary>
    private static double PoissonTail(double mean, int count)
    {
        double term = Math.Exp(-mean), below = 0;
        for (int i = 0; i < count; i++)
        {
            below += term;
            term *= mean / (i + 1);
        }
        return 1 - below;
    }

    // Where the prompt itself is never drawn: the options leave its own distribution as it is.
    private static double Conditional(NGramText model, ReadOnlySpan<byte> prompt, byte symbol)
    {
        byte[] longer = [.. prompt, symbol];
        var plain = NGramText.Read("plain", Bytes(model));
        Span<double> p = stackalloc double[256];
        double before = plain.Log2Probability(new Passage(longer.AsMemory(0, prompt.Length), "", 0));
        for (int c = 0; c < 256; c++)
        {
            longer[^1] = (byte)c;
            p[c] = Math.Pow(2, plain.Log2Probability(new Passage(longer, "", 0)) - before);
        }
        (model.Name.Contains("top_p", StringComparison.Ordinal) ? new SamplingOptions(TopP: 0.7) : new SamplingOptions(TopK: 3)).Apply(p);
        return p[symbol];
    }

    [Fact]
    public void A_sample_is_the_same_in_parts_and_different_for_another_seed()
    {
        NGramText model = Compress("ngram:order=3");
        string[] all = Draw(model, 100, 5), again = Draw(model, 100, 5), fewer = Draw(model, 70, 5), other = Draw(model, 100, 6);
        Assert.Equal(all, again);
        Assert.Equal(all[..70], fewer);
        Assert.NotEqual(all, other);
        Assert.All(all, text => Assert.Equal(16, text.Length));
        byte[][] part = model.Sample(10, 16, default, 5, 60, null, Cancel);
        Assert.Equal(all[60..70], part.Select(Encoding.Latin1.GetString));
        Assert.Equal("ngram:order=3, sample 3", model.Sample(3, 5, null, Cancel).Last().Single().Document);
    }

    [Fact]
    public void A_model_of_high_order_goes_on_with_what_it_has_seen()
    {
        NGramText model = Compress("ngram:order=32");
        byte[] seen = Encoding.UTF8.GetBytes(Text);
        byte[][] completions = model.Complete([seen.AsMemory(0, 40), default, seen.AsMemory(60, 30)], 20, null, Cancel);
        Assert.Equal(Text[40..60], Encoding.UTF8.GetString(completions[0]));
        Assert.Equal(20, completions[1].Length);
        // T ends 16 bytes before the text does, at a whole passage.
        Assert.Equal(Text[90..96], Encoding.UTF8.GetString(completions[2])[..6]);
    }

    [Fact]
    public void Rows_of_one_order_share_a_model_that_is_trained_once()
    {
        Training<Passage> training = Training();
        int reports = 0;
        var progress = new Counter(() => reports++);
        var plain = (NGramText)Compressor("ngram:order=4").Compress(training, progress, Cancel);
        int once = reports;
        var cut = (NGramText)Compressor("ngram:order=4,top_k=1").Compress(training, progress, Cancel);
        Assert.True(once > 0);
        Assert.Equal(once, reports);
        Assert.Equal("ngram:order=4,top_k=1", cut.Name);
        Assert.Equal(plain.DescriptionBytes, cut.DescriptionBytes);
        Assert.Equal(double.NegativeInfinity, cut.Log2Probability(Passage("zzzz")));
        Compressor("ngram:order=5").Compress(training, progress, Cancel);
        Assert.True(reports > once);
    }

    [Fact]
    public void A_training_that_was_cancelled_is_tried_again()
    {
        Training<Passage> training = Training();
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Compressor("ngram").Compress(training, null, source.Token));
        Assert.NotNull(Compressor("ngram").Compress(training, null, Cancel));
    }

    [Fact]
    public void Without_text_there_is_nothing_to_train_on()
    {
        TextFolder empty = TextFolder.Open(_folder.Path, TextOptions.Default, null, Cancel);
        var training = new Training<Passage>([.. Enumerable.Range(0, empty.Documents.Count).Select(i => new Entry<Passage>(empty, i))], 1);
        Assert.Throws<UnusableDocumentException>(() => Compressor("ngram").Compress(training, null, Cancel));
    }

    private NGramText Compress(string spec) => (NGramText)Compressor(spec).Compress(Training(), null, Cancel);

    private static ICompressor<Passage> Compressor(string text) =>
        NGramCompressor.Row.Make(Spec.Parse(text, [NGramCompressor.Row]).Single());

    private Training<Passage> Training()
    {
        _folder.Write("a.txt", Encoding.UTF8.GetBytes(Text));
        TextFolder source = TextFolder.Open(_folder.Path, new TextOptions(16), null, Cancel);
        return new Training<Passage>([new Entry<Passage>(source, 0)], 1);
    }

    private static string[] Draw(NGramText model, int units, ulong seed) =>
        [.. model.Sample(units, seed, null, Cancel).Select(document => Encoding.Latin1.GetString(document.Single().Span))];

    private static byte[] Bytes(NGramText model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }

    private static Passage Passage(string text) => new(Encoding.UTF8.GetBytes(text), "test", 0);

    private sealed class Counter(Action count) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => count();
    }
}
