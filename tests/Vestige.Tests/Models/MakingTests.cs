using System.Text;
using Vestige.Audits.Comparisons;
using Vestige.Language;
using Vestige.Language.Comparisons;
using Vestige.Language.Transformer;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Parameters;
using Vestige.Models;
using Vestige.Models.Making;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Tests.Images;

namespace Vestige.Tests.Models;

/// <summary>GGUF files that are made here: exported and packed.</summary>
public sealed class MakingTests : IDisposable
{
    private static readonly GptOptions s_options = new()
    {
        Layers = 2,
        Width = 64,
        Heads = 2,
        Context = 32,
        Activation = Activation.SwiGlu,
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string At(string name) => Path.Combine(_folder.Path, name);

    private static TransformerText Model(GptOptions options)
    {
        var table = new ParameterTable(options);
        var rng = new Rng(3);
        float[] values = [.. Enumerable.Range(0, table.Length).Select(_ => 0.6f * ((float)rng.NextDouble() - 0.5f))];
        return new TransformerText("model", new Gpt(options, values, [], []), SamplingOptions.Plain, 64);
    }

    private string Exported(GptOptions options, string name = "model.gguf")
    {
        using FileStream file = File.Create(At(name));
        GgufExport.Write(file, Model(options));
        return file.Name;
    }

    /// <summary>Any bytes, within the context and beyond it: the logarithm of each byte's probability within 1e-3 of ours.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_exported_model_gives_the_same_probabilities_through_llama(bool tied)
    {
        GptOptions options = s_options with { Tied = tied };
        using ISymbolReader ours = Model(options).OpenSymbols(), theirs = GgufText.Read(Exported(options)).OpenSymbols();
        Assert.Equal(Model(options).SymbolSet, GgufText.Read(At("model.gguf")).SymbolSet);
        byte[][] texts = [" it was a\tdark\r\n night, ▁naïve"u8.ToArray(), [0xC3, 0x28, 0xFF, 0, 0x9F, 32, 32], [.. Enumerable.Range(0, 256).Select(b => (byte)b)]];
        foreach (byte[] text in texts)
        {
            Assert.Equal(text.Length, ours.Begin(text));
            Assert.Equal(text.Length, theirs.Begin(text));
            for (int at = 0; at < text.Length; at++)
            {
                (double[] a, double[] b) = (PlainLlama.Softmax(Doubles(ours.Predict())), PlainLlama.Softmax(Doubles(theirs.Predict())));
                Assert.Equal((text[at], text[at]), (ours.Symbol, theirs.Symbol));
                // What opens a text is never written.
                Assert.Equal((256, 257, 0.0), (a.Length, b.Length, b[256]));
                for (int symbol = 0; symbol < 256; symbol++) Assert.Equal(Math.Log(a[symbol]), Math.Log(b[symbol]), 1e-3);
            }
        }
    }

    [Fact]
    public void An_exported_model_against_the_one_it_was_made_of_loses_nothing()
    {
        TransformerText ours = Model(s_options);
        Passage[] passages = [.. Enumerable.Range(0, 10).Select(i => new Passage(Encoding.UTF8.GetBytes($"passage {i} of the text"), "text", 0))];
        ComparisonDocument<Passage>[] documents = [.. passages.Select((passage, i) => new ComparisonDocument<Passage>($"{i}", i, [passage]))];
        ComparisonReport report = new ModelComparison().Compare(ours, [GgufText.Read(Exported(s_options))], new(10, documents), new(10, documents), null,
            TestContext.Current.CancellationToken).Rows[0]!;
        Assert.Null(report.Why);
        Assert.InRange(report.HeldOut.Lost.Value!.Value, 0, 1e-4);
        Assert.Equal(1, report.HeldOut.SameTop.Value!.Value, 0.02);
    }

    [Fact]
    public void What_llama_has_no_shape_for_is_refused_with_all_reasons()
    {
        Assert.Null(GgufExport.WhyNot(Model(s_options)));
        Assert.Equal("it was trained with norm=layer (norm=rms is needed), activation=gelu (activation=swiglu is needed), positions=learned (positions=rotary is needed), "
            + "bias=true (bias=false is needed), qk_norm=true (qk_norm=false is needed), ngram=2 (ngram=0 is needed), which llama.cpp has no architecture for",
            GgufExport.WhyNot(Model(s_options with
            {
                Normalization = Normalization.Layer,
                Activation = Activation.Gelu,
                Positions = Positions.Learned,
                Bias = true,
                QkNorm = true,
                Ngram = 2,
                NgramRows = 16,
            })));
        Assert.Equal("it is no Transformer; only those are GGUF's", GgufExport.WhyNot(GgufText.Read(new TinyModel(1).Write(At("tiny.gguf")))));
    }

    [Fact]
    public void A_packed_file_is_smaller_and_loses_more_the_smaller_it_is()
    {
        string whole = Exported(s_options);
        Passage[] passages = [.. Enumerable.Range(0, 10).Select(i => new Passage(Encoding.UTF8.GetBytes($"passage {i} of the text"), "text", 0))];
        ComparisonDocument<Passage>[] documents = [.. passages.Select((passage, i) => new ComparisonDocument<Passage>($"{i}", i, [passage]))];
        foreach (string type in (string[])["F16", "Q8_0", "Q4_0"]) Assert.Empty(GgufQuantizer.Quantize(whole, At(type), type));
        string[] files = [whole, At("F16"), At("Q8_0"), At("Q4_0")];
        ComparisonReport?[] reports = [.. new ModelComparison().Compare(GgufText.Read(whole), [.. files.Select(file => GgufText.Read(file))],
            new(10, documents), new(10, documents), null, TestContext.Current.CancellationToken).Rows];
        long[] sizes = [.. files.Select(file => new FileInfo(file).Length)];
        double[] lost = [.. reports.Select(report => report!.HeldOut.Lost.Value!.Value)];
        Assert.Equal(sizes.OrderDescending(), sizes);
        Assert.Equal(lost.Order(), lost);
        Assert.Equal(0, lost[0]);
        Assert.InRange(lost[3], 0.001, 0.5);
    }

    [Fact]
    public void What_a_type_does_not_suit_is_refused_or_said()
    {
        // 48 x 16 = 3 heads of 16: 32 does not divide its rows.
        string narrow = Exported(s_options with { Width = 48, Heads = 3 }, "narrow.gguf");
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => GgufQuantizer.Quantize(narrow, At("out"), "Q8_0"));
        Assert.Contains("narrow.gguf cannot be packed as Q8_0: tensor token_embd.weight has rows of 48 weights, and 32 are packed together",
            refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(At("out")));
        Assert.Empty(GgufQuantizer.Quantize(narrow, At("F16"), "F16"));
        string whole = Exported(s_options);
        Assert.Contains("rows that 256 does not divide, and were packed in another type than Q4_K_M",
            Assert.Single(GgufQuantizer.Quantize(whole, At("K"), "Q4_K_M")), StringComparison.Ordinal);
        string wide = Exported(s_options with { Width = 256, Layers = 1 }, "wide.gguf");
        refused = Assert.Throws<InvalidDataException>(() => GgufQuantizer.Quantize(wide, At("I"), "IQ1_S"));
        Assert.StartsWith($"{wide} could not be packed as IQ1_S: ", refused.Message, StringComparison.Ordinal);
        refused = Assert.Throws<InvalidDataException>(() => GgufQuantizer.Quantize(At("none.gguf"), At("J"), "Q8_0"));
        Assert.Contains("does not exist", refused.Message, StringComparison.Ordinal);
    }

    private static double[] Doubles(ReadOnlySpan<float> values)
    {
        double[] doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++) doubles[i] = values[i];
        return doubles;
    }
}
