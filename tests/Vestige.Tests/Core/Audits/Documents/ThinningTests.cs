using Vestige.Audits.Documents;
using Vestige.Sources;

namespace Vestige.Tests.Core.Audits.Documents;

/// <summary>How much of a document's atoms is kept.</summary>
public sealed class ThinningTests
{
    /// <summary>Documents of so many units of 512 bytes, and of lengths where they are known.</summary>
    private sealed class Listed(int documents, int units, long size) : ISource<int>
    {
        public string Name => "listed";

        public Medium Medium { get; } = new("passage", "passages", "byte", 8) { FullSize = 512 };

        public IReadOnlyList<Document> Documents { get; } =
            [.. Enumerable.Range(0, documents).Select(i => new Document($"{i}", units, 0, (UInt128)(i + 1) * 0x9E3779B97F4A7C15) { Size = size })];

        public IReadOnlyList<int> Read(int document) => [];

        public long SizeOf(int item) => 0;
    }

    private static (long Each, long All) Kept(int documents, int units, long size, int most = 100)
    {
        Split<int> split = Split.Deal(new Listed(documents, units, size), new DealOptions(most, 1));
        var thinning = new Thinning<int>(split);
        long[] kept = [.. new[] { split.Training, split.HeldOut, split.Floor, split.Yardstick }.SelectMany(sample => sample).Select(entry => (long)thinning.Most(entry))];
        return (kept[0], kept.Sum());
    }

    [Fact]
    public void What_is_kept_of_all_samples_is_bounded_whatever_their_documents_hold()
    {
        foreach (int units in new[] { 100, 18_000, 1_000_000 })
        {
            (_, long all) = Kept(400, units, 512L * units);
            // Between twice and four times what ledgers look at; T, A and B are alike here, and H as large or eight times as large.
            Assert.InRange(all, 1, 4L * ((3 * Thinning<int>.MostAtoms) + Thinning<int>.MostReference));
        }
    }

    [Fact]
    public void Short_documents_are_kept_whole_and_a_power_of_two_stands_for_the_rest()
    {
        // A line of 30 bytes counts as a line, not as a page: 100 lines leave room for all atoms.
        Assert.Equal(ViewRecord.MostAtoms, Kept(400, 1, 30).Each);
        // Lengths that differ by a per cent come to one share a unit: journals of a source that grew are gone on with.
        Assert.Equal(Kept(400, 10_000, 512 * 10_000).Each * 101 / 100.0, Kept(400, 10_100, 512 * 10_100).Each, 1.0);
    }
}
