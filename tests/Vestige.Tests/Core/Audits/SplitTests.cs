using Vestige.Audits;
using Vestige.Sources;

namespace Vestige.Tests.Core.Audits;

public sealed class SplitTests
{
    /// <summary>Documents with given contents, one unit each.</summary>
    private sealed class Numbers(params UInt128[] contents) : ISource<int>
    {
        public string Name => "numbers";

        public Medium Medium { get; } = new("number", "numbers", "number", 32);

        public IReadOnlyList<Document> Documents { get; } = [.. contents.Select((c, i) => new Document(i.ToString("d4"), 1, 4, c))];

        public IReadOnlyList<int> Read(int document) => [document];

        public long SizeOf(int item) => 1;
    }

    private static UInt128[] Distinct(int count) => [.. Enumerable.Range(1, count).Select(i => (UInt128)i)];

    [Fact]
    public void Every_document_is_dealt_once_and_the_samples_are_equal()
    {
        Split<int> split = Split.Deal(new Numbers(Distinct(101)), 2000, seed: 1);
        Assert.Equal(101, split.All.Select(e => e.Document).Distinct().Count());
        Assert.Equal([26, 25, 25, 25], new[] { split.Training, split.HeldOut, split.Floor, split.Yardstick }.Select(s => s.Count));
        Assert.Empty(split.Rest);
    }

    [Fact]
    public void What_is_over_the_units_asked_for_is_in_no_sample()
    {
        Split<int> split = Split.Deal(new Numbers(Distinct(100)), 10, seed: 1);
        Assert.Equal(10, split.Yardstick.Count);
        Assert.Equal(60, split.Rest.Count);
    }

    [Fact]
    public void No_content_of_T_is_in_H_A_or_B_and_copies_are_counted()
    {
        UInt128[] contents = [.. Distinct(60), .. Distinct(30)];
        for (ulong seed = 0; seed < 20; seed++)
        {
            Split<int> split = Split.Deal(new Numbers(contents), 2000, seed);
            UInt128[] t = [.. split.Training.Select(e => e.Info.Content)];
            UInt128[] others = [.. split.HeldOut.Concat(split.Floor).Concat(split.Yardstick).Select(e => e.Info.Content)];
            Assert.Empty(t.Intersect(others));
            Assert.Equal(others.Length, others.Distinct().Count());
            Assert.Equal(30, split.Copies);
            Assert.Equal(90, split.All.Count());
        }
    }

    [Fact]
    public void A_held_out_copy_of_a_training_document_leaves()
    {
        var training = new Numbers(1, 2, 3, 4);
        var heldOut = new Numbers(4, 5, 6, 7, 8, 9, 10);
        Split<int> split = Split.Deal(training, heldOut, 2000, seed: 1);
        Assert.True(split.TrainingIsKnown);
        Assert.Equal(4, split.Training.Count);
        Assert.Equal(1, split.Copies);
        Assert.Equal([2, 2, 2], new[] { split.HeldOut.Count, split.Floor.Count, split.Yardstick.Count });
        Assert.Equal(heldOut, split.Rest.Single().Source);
    }

    [Fact]
    public void The_seed_decides_the_deal()
    {
        var source = new Numbers(Distinct(40));
        Assert.Equal(Split.Deal(source, 99, 5).Training, Split.Deal(source, 99, 5).Training);
        Assert.NotEqual(Split.Deal(source, 99, 5).Training, Split.Deal(source, 99, 6).Training);
    }
}
