using Vestige.Language;
using Vestige.Language.Strings;
using Vestige.Numerics;
using Vestige.Results;

namespace Vestige.Tests.Language.Strings;

public sealed class ExtractionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_model_that_knows_T_by_heart_gives_it_all_away_and_nothing_of_H()
    {
        TextList training = Texts(1), heldOut = Texts(2);
        ExtractionReport report = Extraction.Try(new Rote(training), training.Entries, heldOut.Entries, 1000, null, Cancel);
        Assert.Equal((40, 40, 40, 0), (report.TrainingTried, report.TrainingExact, report.HeldOutTried, report.HeldOutExact));
        Assert.Equal(1, report.Difference.Value);
        Assert.InRange(report.Difference.Low!.Value, 0.8, 1);
    }

    [Fact]
    public void At_most_so_many_passages_are_tried_spread_over_all_documents()
    {
        TextList training = Texts(1), heldOut = Texts(2);
        var rote = new Rote(training);
        ExtractionReport report = Extraction.Try(rote, training.Entries, heldOut.Entries, 10, null, Cancel);
        Assert.Equal((10, 10), (report.TrainingTried, report.HeldOutTried));
        // Every fourth of 40 passages in eight documents of five.
        Assert.Equal(Enumerable.Range(0, 10).Select(i => training.Passages[i * 4 / 5][i * 4 % 5].Bytes[..50].ToArray()), rote.Asked[..10].Select(p => p.ToArray()));
    }

    [Fact]
    public void Passages_too_short_for_it_are_not_tried()
    {
        var training = new TextList(99, new string('a', 990));
        ExtractionReport report = Extraction.Try(new Rote(training), training.Entries, training.Entries, 10, null, Cancel);
        Assert.Equal((0, 0), (report.TrainingTried, report.HeldOutTried));
        Assert.False(report.Difference.IsMeasured);
    }

    /// <summary>Method 10 in table II of Newcombe 1998.</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1)]
    [InlineData(10, 10, 0, 10, 0.6075, 1)]
    public void The_interval_is_newcombes(int count1, int of1, int count2, int of2, double low, double high)
    {
        Figure difference = Extraction.Difference(count1, of1, count2, of2);
        // The table has four digits.
        Assert.Equal(low, difference.Low!.Value, 0.00005);
        Assert.Equal(high, difference.High!.Value, 0.00005);
    }

    // Eight documents of five passages of 100 bytes.
    private static TextList Texts(ulong seed)
    {
        var rng = new Rng(seed);
        return new TextList(100, [.. Enumerable.Range(0, 8).Select(_ =>
            string.Concat(Enumerable.Range(0, 500).Select(_ => (char)('a' + rng.NextInt(20)))))]);
    }

    /// <summary>Goes on as its text does where it has the prefix, else with blanks.</summary>
    private sealed class Rote(TextList known) : ITextCompleter
    {
        internal List<ReadOnlyMemory<byte>> Asked { get; } = [];

        public byte[][] Complete(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress, CancellationToken cancel)
        {
            Asked.AddRange(prefixes);
            return [.. prefixes.Select(prefix => known.Passages.SelectMany(p => p).FirstOrDefault(p => p.Span.StartsWith(prefix.Span))
                ?.Bytes.Slice(prefix.Length, length).ToArray() ?? new byte[length])];
        }
    }
}
