using Vestige.Audits;
using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Exhibits;
using Vestige.Pairs;
using Vestige.Results;

namespace Vestige.Tests.Core.Audits.Paired;

/// <summary>Documents beside their reconstructions, with points of the plane for pictures.</summary>
public sealed class PairedTests
{
    /// <summary>Closeness, of which more is better, and the squared distance; counts how often it is asked.</summary>
    private sealed class Distances : IPairing<float[]>
    {
        private int _comparisons;

        internal int Comparisons => _comparisons;

        public IReadOnlyList<PairedMeasure> Measures { get; } =
        [
            new("closeness", "score", true) { IsCompared = true },
            new("decibels", "dB", false) { Show = x => x == 0 ? double.PositiveInfinity : -10 * Math.Log10(x) },
        ];

        public IPairedSide<float[]> Prepare(float[] original) => new Side(this, original);

        private sealed class Side(Distances of, float[] original) : IPairedSide<float[]>
        {
            public double[] Compare(float[] reconstruction)
            {
                Interlocked.Increment(ref of._comparisons);
                double square = original.Zip(reconstruction).Sum(p => (p.First - p.Second) * (p.First - p.Second));
                return [-Math.Sqrt(square), square];
            }

            public (string Caption, IReadOnlyList<(string Label, byte[] File)> Files) Show(float[] reconstruction) => ("It moved.", [("map", [1])]);
        }
    }

    private static readonly ICompressor<float[]>[] s_ladders = [new Rounding("a:step=2", 2, 10), new Rounding("a:step=1", 1, 20),
        new Rounding("b:step=2", 2, 5), new Rounding("b:step=1", 1, 10)];

    private static readonly AuditSettings s_settings = PlaneAudit.Settings with
    {
        Families = s_ladders.ToDictionary(c => c.Name, c => c.Name[..1]),
    };

    private static AuditResult Run(
        Points source, IPairing<float[]>? pairing, IJournal? journal = null, IReadOnlyList<ICompressor<float[]>>? compressors = null) => Audit.Run(
            new AuditRequest<float[]>(Split.Deal(source, new DealOptions(1000, 1)), compressors ?? s_ladders, new Parrot<float[]>(_ => 8), PlaneViews.All, s_settings)
            {
                Journal = journal ?? new MemoryJournal(),
                Pairing = pairing,
            }, null, TestContext.Current.CancellationToken);

    [Fact]
    public void Means_worst_and_the_worst_document_are_those_of_all_documents()
    {
        var source = new Points(100);
        PairedReport report = Run(source, new Distances()).RowOf("a:step=2").Paired!;
        double[] distances = [.. Enumerable.Range(0, 100).Select(i => source.Read(i)[0]).Select(p => Math.Sqrt(p.Sum(x => Math.Pow(x - (MathF.Round(x / 2) * 2), 2))))];
        Assert.Equal(100, report.Documents);
        PairedSummary closeness = report.Of("closeness")!;
        // Differences of floats of order 1.
        Assert.Equal(-distances.Average(), closeness.Mean.Value!.Value, 1e-6);
        Assert.Equal(-distances.OrderDescending().Take(5).Average(), closeness.Worst.Value!.Value, 1e-6);
        Assert.Equal($"p{Array.IndexOf(distances, distances.Max()):d4}", closeness.WorstDocument);
        double spread = 1.96 * Math.Sqrt(distances.Sum(d => Math.Pow(d - distances.Average(), 2)) / 99 / 100);
        // Leaving out groups and Student's t with 24 degrees of freedom, beside the normal interval of single documents.
        Assert.InRange((closeness.Mean.High!.Value - closeness.Mean.Low!.Value) / 2 / spread, 0.7, 1.5);
        // Five documents of a hundred, left out four at a time: their mean moves by about as much as they differ.
        Assert.InRange(closeness.Worst.High!.Value - closeness.Worst.Low!.Value, 0.001, 1);
        Assert.EndsWith("fewer than two are the worst 5 %, 40 would give one",
            Run(new Points(39), new Distances()).RowOf("a:step=2").Paired!.Of("closeness")!.Worst.Why, StringComparison.Ordinal);
        PairedSummary decibels = report.Of("decibels")!;
        Assert.Equal(-10 * Math.Log10(distances.Average(d => d * d)), decibels.Mean.Value!.Value, 1e-5);
        Assert.True(decibels.Mean.Low < decibels.Mean.Value && decibels.Mean.Value < decibels.Mean.High);
    }

    [Fact]
    public void What_changes_nothing_is_infinite_in_decibels_and_says_so()
    {
        PairedSummary decibels = Run(new Points(40), new Distances(), compressors: [new Rounding("a:step=0", MathF.ScaleB(1, -40), 10)]).RowOf("a:step=0").Paired!.Of("decibels")!;
        Assert.Null(decibels.Mean.Value);
        Assert.Contains("infinite", decibels.Mean.Why, StringComparison.Ordinal);
        Assert.Null(decibels.WorstValue);
    }

    /// <summary>Shows a point as its bytes; four of them are an x.</summary>
    private sealed class Bytes : IExhibitor<float[]>
    {
        public string Extension => ".bin";

        public (IReadOnlyList<(string Label, byte[] File)> Files, string? Remark) Layers(float[] original, float[] reconstruction) =>
            ([("original", BitConverter.GetBytes(original[0])), ("lost map", BitConverter.GetBytes(reconstruction[0]))], "its x");

        public byte[] Show(float[] item) => [0];

        public byte[] Mosaic(IReadOnlyList<IReadOnlyList<float[]>> rows) => [0];
    }

    [Fact]
    public void The_worst_and_the_middle_document_of_every_codec_are_shown_with_what_became_of_them()
    {
        var source = new Points(41);
        var saved = new Dictionary<string, byte[]>();
        AuditResult result = Audit.Run(new AuditRequest<float[]>(Split.Deal(source, new DealOptions(1000, 1)), s_ladders, new Parrot<float[]>(_ => 8), PlaneViews.All, s_settings)
        {
            Pairing = new Distances(),
            Exhibition = new Exhibition<float[]>(new Bytes(), (path, content) => { lock (saved) saved[path] = content; }),
        }, null, TestContext.Current.CancellationToken);
        foreach (ICompressor<float[]> compressor in s_ladders)
        {
            var codec = (ICodec<float[]>)compressor;
            int[] ranked = [.. Enumerable.Range(0, 41).OrderByDescending(i => source.Read(i)[0]
                .Zip(codec.Code(source.Read(i)[0]).Reconstruction, (a, b) => (a - b) * (a - b)).Sum())];
            foreach ((string kind, int document) in new[] { ("worst", ranked[0]), ("median", ranked[20]) })
            {
                Exhibit exhibit = Assert.Single(result.Exhibits, e => e.Row == compressor.Name && e.Kind == kind);
                Assert.StartsWith($"p{document:d4}: ", exhibit.Caption, StringComparison.Ordinal);
                Assert.EndsWith(" (its x).", exhibit.Caption, StringComparison.Ordinal);
                Assert.Equal([source.Read(document)[0][0], codec.Code(source.Read(document)[0]).Reconstruction[0]],
                    exhibit.Files.Select(f => BitConverter.ToSingle(saved[f.Path])));
            }
            Assert.Equal(["worst", "worst-tile", "median"], result.Exhibits.Where(e => e.Row == compressor.Name).Select(e => e.Kind).Take(3));
        }
        Assert.DoesNotContain(result.Exhibits, e => e.Row == "parrot" && e.Kind == "worst");
    }

    [Fact]
    public void Codecs_are_compared_at_the_same_quality_and_at_the_same_bytes()
    {
        AuditResult result = Run(new Points(60), new Distances());
        MatchedComparison matched = Assert.Single(result.Matched);
        Assert.Equal(("a", "b", "closeness"), (matched.Baseline, matched.Family, matched.Quality));
        // b does the same with half the bytes; a document both of whose settings come out alike has one setting that counts.
        Assert.Equal(0.5, matched.BytesRatio.Value!.Value, 1e-12);
        Assert.Equal(60, matched.Documents);
        // At 10 bytes a rounds to 2 and b to 1.
        PairedSummary a = result.RowOf("a:step=2").Paired!.Of("closeness")!, b = result.RowOf("b:step=1").Paired!.Of("closeness")!;
        Assert.Equal(b.Mean.Value!.Value - a.Mean.Value!.Value, Assert.Single(matched.AtSameBytes).Difference.Value!.Value, 1e-9);
        Assert.Contains("b beside a: at the same closeness it takes 0.50 [0.50 0.50] times the bytes (60 points)", Said(result), StringComparison.Ordinal);
        AuditResult apart = Run(new Points(60), new Distances(), compressors: [new Rounding("a:step=1", 1, 10), new Rounding("b:step=1", 0.01f, 20)]);
        Assert.Equal((0, 0), (Assert.Single(apart.Matched).Documents, apart.Matched[0].DocumentsAtBytes));
        Assert.Contains("b has no quality and no size in common with a on any point", Said(apart), StringComparison.Ordinal);

        static string Said(AuditResult result) => Assert.Single(result.Findings, f => f.Id == "matched").Text;
    }

    [Fact]
    public void What_the_journal_holds_is_not_measured_again()
    {
        var journal = new MemoryJournal();
        var pairing = new Distances();
        string first = PlaneAudit.Repeatable(Run(new Points(40), pairing, journal));
        Assert.Equal(4 * 40, pairing.Comparisons);
        var again = new Distances();
        Assert.Equal(first, PlaneAudit.Repeatable(Run(new Points(40), again, journal)));
        Assert.Equal(0, again.Comparisons);
        // Work that was done without it is taken up, and what is missing is made.
        var without = new MemoryJournal();
        Assert.Null(Run(new Points(40), null, without).RowOf("a:step=2").Paired);
        Assert.Equal(first, PlaneAudit.Repeatable(Run(new Points(40), new Distances(), without)));
    }

    [Fact]
    public void A_document_that_a_codec_cannot_take_is_in_no_figure_of_it()
    {
        AuditResult result = Run(new Points(60), new Distances(), compressors: [new Rounding("a:step=1", 1, 10, limit: 0), new Rounding("b:step=1", 1, 20)]);
        Assert.Equal(60 - result.RowOf("a:step=1").Bits.Failures, result.RowOf("a:step=1").Paired!.Documents);
        Assert.InRange(result.RowOf("a:step=1").Bits.Failures, 1, 59);
        Assert.Null(result.RowOf("parrot").Paired);
    }
}
