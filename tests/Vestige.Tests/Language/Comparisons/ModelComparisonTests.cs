using System.Text;
using Vestige.Audits.Comparisons;
using Vestige.Compressors;
using Vestige.Figures;
using Vestige.Language;
using Vestige.Language.Comparisons;
using Vestige.Language.Transformer;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Parameters;
using Vestige.Numerics;
using Vestige.Results;

namespace Vestige.Tests.Language.Comparisons;

/// <summary>Models held against each other, on symbols that a double of a model makes up.</summary>
public sealed class ModelComparisonTests
{
    [Fact]
    public void Sums_are_those_of_the_positions()
    {
        (Double p, Double q) = (new Double(1), new Double(2));
        ComparisonDocument<Passage>[] held = [.. Enumerable.Range(0, 10).Select(i => Document($"{(i % 2 == 0 ? "a" : "b")}/{i}.txt", i, 3, 100 + (ulong)i))];
        ComparisonDocument<Passage>[] trained = [.. Enumerable.Range(0, 9).Select(i => Document($"{i}.txt", i, 2, (ulong)i))];
        ComparisonReport report = Compare(p, [p, q], trained, held)[1]!;
        double lost = 0, divergence = 0, reverse = 0, shared = 0, bits = 0, more = 0;
        int same = 0, positions = 0;
        foreach ((double[] a, double[] b, int symbol) in held.SelectMany(document => document.Items).SelectMany(passage => Positions(p, q, passage)))
        {
            positions++;
            if (Array.IndexOf(a, a.Max()) == Array.IndexOf(b, b.Max())) same++;
            bits -= Math.Log2(b[symbol]);
            more += Math.Log2(a[symbol] / b[symbol]);
            for (int i = 0; i < a.Length; i++)
            {
                lost += Math.Max(0, a[i] - b[i]);
                divergence += a[i] * Math.Log2(a[i] / b[i]);
                reverse += b[i] * Math.Log2(b[i] / a[i]);
                shared += ((a[i] * Math.Log2(2 * a[i] / (a[i] + b[i]))) + (b[i] * Math.Log2(2 * b[i] / (a[i] + b[i])))) / 2;
            }
        }
        ComparisonFigures figures = report.HeldOut;
        Assert.Equal((10, positions, positions), (figures.Documents, figures.Positions, figures.Bytes));
        const double bar = 1e-6;
        Assert.Equal(lost / positions, figures.Lost.Value!.Value, bar);
        Assert.Equal(divergence / positions, figures.Divergence.Value!.Value, bar);
        Assert.Equal(reverse / positions, figures.Reverse.Value!.Value, bar);
        Assert.Equal(shared / positions, figures.JensenShannon.Value!.Value, bar);
        Assert.Equal((double)same / positions, figures.SameTop.Value!.Value, bar);
        Assert.Equal(bits / positions, figures.BitsPerByte.Value!.Value, bar);
        Assert.Equal(more / positions, figures.MoreBits.Value!.Value, bar);
        Assert.Equal(more / positions * Math.Log(2), report.Tokens!.LogRatio.Value!.Value, bar);
        Assert.NotNull(figures.Lost.Low);
        // The parts are the whole.
        Assert.Equal(["a", "b"], report.Domains.Select(part => part.Name));
        Assert.Equal(positions, report.Domains.Sum(part => part.Figures.Positions));
        Assert.Equal(positions, report.Positions.Sum(part => part.Figures.Positions));
        Assert.Equal(lost, report.Positions.Sum(part => part.Figures.Positions * part.Figures.Lost.Value!.Value), 1e-3);
        Assert.Equal(["1", "2 to 3", "4 to 7"], report.Positions.Take(3).Select(part => part.Name));
        Assert.Equal(RowTally.MostPassages, report.Passages.Count);
        Assert.True(report.Passages[0].Lost >= report.Passages[^1].Lost);
        Assert.Equal(held.SelectMany(document => document.Items).Max(passage => MeanLost(p, q, passage)), report.Passages[0].Lost, bar);
    }

    [Fact]
    public void A_model_against_itself_loses_nothing()
    {
        var p = new Double(1);
        ComparisonReport report = Compare(p, [p], [Document("t", 0, 3, 1)], [Document("h", 0, 3, 2)])[0]!;
        Assert.Equal((0, 0, 1.0), (report.HeldOut.Lost.Value, report.HeldOut.Divergence.Value, report.HeldOut.SameTop.Value));
        Assert.Null(report.Cost);
        Assert.Empty(report.Words);
        Assert.Null(report.HeldOut.Lost.Low);
    }

    /// <summary>Of two models that agree on H, the one that no longer favours T has lost memory and nothing else.</summary>
    [Fact]
    public void Memory_and_generalization_are_told_apart()
    {
        ComparisonDocument<Passage>[] trained = [.. Enumerable.Range(0, 12).Select(i => Document($"{i}", i, 4, (ulong)i, "the cat and "))];
        ComparisonDocument<Passage>[] held = [.. Enumerable.Range(0, 12).Select(i => Document($"{i}", i, 4, 100 + (ulong)i, "some dogs or "))];
        var p = new Double(1) { Known = "the cat and "u8.ToArray() };
        ComparisonCost forgot = Compare(p, [new Double(1)], trained, held)[0]!.Cost!;
        Assert.Equal(1, forgot.Memory.Value!.Value, 0.2);
        Assert.Equal(0, forgot.Generalization.Value!.Value, 0.05);
        Assert.True(forgot.MemoryFirst.Low > 0);
        ComparisonCost unknown = Compare(new Double(1), [p], held, held)[0]!.Cost!;
        Assert.Contains("nothing shows that it has any of T by heart", unknown.Memory.Why, StringComparison.Ordinal);
        Assert.NotNull(unknown.Generalization.Value);
    }

    [Fact]
    public void Other_symbols_are_compared_by_the_bits_of_passages()
    {
        (Double p, Double q) = (new Double(1), new Double(2) { SymbolSet = "others", SymbolName = "token" });
        ComparisonDocument<Passage>[] held = [.. Enumerable.Range(0, 9).Select(i => Document($"{i}.txt", i, 2, (ulong)i))];
        ComparisonReport report = Compare(p, [q, new Stored<Passage>("samples", [])], held, held) is [{ } first, null] ? first : throw new InvalidOperationException();
        double more = held.SelectMany(document => document.Items).Sum(passage => p.Log2Probability(passage) - q.Log2Probability(passage));
        Assert.Equal(more / held.Sum(document => document.Items.Sum(passage => passage.Length)), report.HeldOut.MoreBits.Value!.Value, 1e-6);
        Assert.False(report.HeldOut.Lost.IsMeasured);
        Assert.Equal((0L, true), (report.HeldOut.Positions, report.Tokens is null));
        Assert.Equal("it writes other tokens than the model it is held against (bytes): only bits per byte of passages compare", report.Why);
    }

    [Fact]
    public void What_cannot_be_written_is_left_out_and_counted()
    {
        (Double p, Double q) = (new Double(1), new Double(2) { Refuses = (byte)'q' });
        ComparisonDocument<Passage>[] held = [Document("a", 0, 2, 1), new("b", 1, [new Passage("aqb"u8.ToArray(), "b", 0)])];
        ComparisonReport report = Compare(p, [q], held, held)[0]!;
        Assert.Equal((2, 1), (report.LeftOut, report.HeldOut.Documents));
    }

    [Fact]
    public void What_is_never_drawn_makes_a_divergence_that_is_not_measurable_and_a_loss_that_is()
    {
        ComparisonReport report = Compare(new Double(1), [new Double(1) { Never = (byte)'z' }], [Document("a", 0, 2, 1)], [Document("b", 0, 2, 2)])[0]!;
        Assert.False(report.HeldOut.Divergence.IsMeasured);
        Assert.Contains("probability 0", report.HeldOut.Divergence.Why, StringComparison.Ordinal);
        Assert.True(report.HeldOut.Lost.Value > 0);
    }

    [Fact]
    public void Percentiles_are_within_half_a_percent()
    {
        var sketch = new Sketch();
        var rng = new Rng(3);
        double[] values = [.. Enumerable.Range(0, 20001).Select(_ => Math.Pow((2 * rng.NextDouble()) - 1, 3))];
        foreach (double value in values) sketch.Add(value);
        Array.Sort(values);
        Assert.Equal((values[0], values[^1]), (sketch.Minimum, sketch.Maximum));
        foreach (double share in Sketch.Shares)
        {
            double exact = values[(int)Math.Round(share * (values.Length - 1))];
            Assert.Equal(exact, sketch.Percentile(share)!.Value, (0.005 * Math.Abs(exact)) + 1e-12);
        }
        Assert.Null(new Sketch().Percentile(0.5));
    }

    [Fact]
    public void A_function_of_sums_has_the_interval_of_a_ratio_where_it_is_one()
    {
        var rng = new Rng(5);
        double[][] documents = [.. Enumerable.Range(0, 40).Select(_ => (double[])[rng.NextDouble(), 1 + rng.NextDouble()])];
        Figure ratio = RatioOfSums.Of([.. documents.Select(d => d[0])], [.. documents.Select(d => d[1])]), function = FunctionOfSums.Of(s => s[0][0] / s[0][1], documents);
        Assert.Equal(ratio.Value!.Value, function.Value!.Value, 1e-12);
        Assert.Equal(ratio.Low!.Value, function.Low!.Value, 1e-12);
        Assert.Null(FunctionOfSums.Of(s => s[0][0], [.. documents.Take(7)]).Low);
        Assert.False(FunctionOfSums.Of(_ => double.PositiveInfinity, documents).IsMeasured);
    }

    /// <summary>What our own models say byte by byte is what they score whole passages with.</summary>
    [Fact]
    public void Bytes_of_our_own_models_add_up_to_their_passages()
    {
        var options = new GptOptions { Layers = 1, Width = 32, Heads = 2, Context = 16, Ngram = 3, NgramRows = 64 };
        var rng = new Rng(11);
        float[] values = [.. Enumerable.Range(0, new ParameterTable(options).Length).Select(_ => (float)rng.NextDouble() - 0.5f)];
        var transformer = new TransformerText("t", new Gpt(options, values, [], []), SamplingOptions.Plain, 32);
        foreach (ISymbolText model in (ISymbolText[])[transformer, (ISymbolText)transformer.Drawing("t", new SamplingOptions(Temperature: 0.5), 32)])
        {
            foreach (int length in (int[])[1, 15, 16, 17, 24, 60])
            {
                var passage = new Passage(Encoding.ASCII.GetBytes(new string([.. Enumerable.Range(0, length).Select(i => (char)('a' + (i * i % 17)))])), "p", 0);
                using ISymbolReader reader = model.OpenSymbols();
                Assert.Equal(length, reader.Begin(passage.Bytes));
                double bits = 0;
                for (int i = 0; i < length; i++)
                {
                    double[] p = Softmax(reader.Predict());
                    Assert.Equal(passage.Span[i], reader.Symbol);
                    bits -= Math.Log2(p[reader.Symbol]);
                }
                Assert.Equal(-((IDensity<Passage>)model).Log2Probability(passage), bits, 1e-3);
            }
        }
    }

    private static IReadOnlyList<ComparisonReport?> Compare(
        ICompressed<Passage> p, IReadOnlyList<ICompressed<Passage>> rows, ComparisonDocument<Passage>[] t, ComparisonDocument<Passage>[] h) =>
        new ModelComparison().Compare(p, rows, new(t.Length, t), new(h.Length, h), null, TestContext.Current.CancellationToken).Rows;

    private static ComparisonDocument<Passage> Document(string name, int cluster, int passages, ulong seed, string? says = null)
    {
        var rng = new Rng(seed);
        return new ComparisonDocument<Passage>(name, cluster, [.. Enumerable.Range(0, passages).Select(i => new Passage(
            Encoding.ASCII.GetBytes(says ?? new string([.. Enumerable.Range(0, 20 + rng.NextInt(20)).Select(_ => "abc dz"[rng.NextInt(6)])])), name, i * 100))]);
    }

    private static IEnumerable<(double[] P, double[] Q, int Symbol)> Positions(Double p, Double q, Passage passage)
    {
        for (int at = 0; at < passage.Length; at++) yield return (Softmax(p.Logits(passage.Bytes, at)), Softmax(q.Logits(passage.Bytes, at)), passage.Span[at]);
    }

    private static double MeanLost(Double p, Double q, Passage passage) =>
        Positions(p, q, passage).Average(at => at.P.Zip(at.Q).Sum(pair => Math.Max(0, pair.First - pair.Second)));

    private static double[] Softmax(ReadOnlySpan<float> logits)
    {
        double most = double.NegativeInfinity, sum = 0;
        foreach (float logit in logits) most = Math.Max(most, logit);
        double[] p = new double[logits.Length];
        for (int i = 0; i < p.Length; i++) sum += p[i] = Math.Exp(logits[i] - most);
        for (int i = 0; i < p.Length; i++) p[i] /= sum;
        return p;
    }

    /// <summary>A model over bytes that makes its logits up from a seed and the byte before.</summary>
    private sealed class Double(ulong seed) : IDensity<Passage>, ISymbolText
    {
        internal byte? Refuses { get; init; }

        internal byte? Never { get; init; }

        /// <summary>A text that it favours, byte after byte.</summary>
        internal byte[]? Known { get; init; }

        public string SymbolSet { get; init; } = "bytes";

        public string SymbolName { get; init; } = "byte";

        public long? DescriptionBytes => 100;

        internal float[] Logits(ReadOnlyMemory<byte> passage, int at)
        {
            var rng = new Rng(seed + (at == 0 ? 0ul : 1ul + passage.Span[at - 1]));
            float[] logits = [.. Enumerable.Range(0, 256).Select(_ => (float)(3 * rng.NextDouble()))];
            if (Never is { } never) logits[never] = float.NegativeInfinity;
            if (Known is { } known && at < known.Length && passage.Span[..at].SequenceEqual(known.AsSpan(0, at)) && (at > 0 || passage.Span[0] == known[0])) logits[known[at]] += 6;
            return logits;
        }

        public double Log2Probability(Passage item)
        {
            double log2 = 0;
            for (int at = 0; at < item.Length; at++) log2 += Math.Log2(Softmax(Logits(item.Bytes, at))[item.Span[at]]);
            return log2;
        }

        public ISymbolReader OpenSymbols() => new Reader(this);

        private sealed class Reader(Double model) : ISymbolReader
        {
            private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];

            private ReadOnlyMemory<byte> _passage;
            private int _at;

            public int Symbol => _passage.Span[_at];

            public int? Begin(ReadOnlyMemory<byte> passage)
            {
                (_passage, _at) = (passage, -1);
                return model.Refuses is { } refused && passage.Span.Contains(refused) ? null : passage.Length;
            }

            public ReadOnlySpan<float> Predict() => model.Logits(_passage, ++_at);

            public ReadOnlySpan<byte> Piece(int symbol) => s_bytes.AsSpan(symbol, 1);

            public void Dispose()
            {
            }
        }
    }
}
