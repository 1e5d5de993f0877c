using Vestige.Compressors;
using Vestige.Samples;
using Vestige.Sources;
using Vestige.Worlds.Oracles;
using Vestige.Worlds.Urns;

namespace Vestige.Tests.Core.Worlds;

public sealed class UrnTests
{
    private static readonly Urn s_urn = new(new UrnOptions(types: 500));

    [Fact]
    public void Probabilities_follow_Zipf_and_add_up_to_one()
    {
        IReadOnlyList<double> p = new Urn(new UrnOptions()).Probabilities;
        Assert.Equal(1, p.Sum(), 1e-12); // 20,000 additions of rounding 1e-16.
        Assert.Equal(Math.Pow(10, -1.15), p[9] / p[0], 1e-14);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(8, 0.5)]
    [InlineData(8, 1)]
    public void Every_place_in_a_document_has_exactly_the_distribution(int cluster, double stick)
    {
        var world = new UrnWorld(new Urn(new UrnOptions(types: 500, cluster: cluster, stick: stick)), 60_000, seed: 3);
        long[] first = new long[500];
        long[] last = new long[500];
        for (int document = 0; document < 60_000; document++)
        {
            IReadOnlyList<int> items = world.Read(document);
            first[items[0]]++;
            last[items[^1]]++;
        }
        // Documents are independent, so one place of each is an independent sample.
        Statistics.AssertFollow(first, s_urn.Probabilities);
        Statistics.AssertFollow(last, s_urn.Probabilities);
    }

    [Fact]
    public void Two_items_of_a_document_agree_as_often_as_their_theme_says()
    {
        var urn = new Urn(new UrnOptions(types: 500, cluster: 2, stick: 0.6));
        int[] items = urn.Draw(100_000, seed: 4);
        double[] agree = [.. items.Chunk(2).Select(pair => pair[0] == pair[1] ? 1.0 : 0)];
        // Both themed: the same. Else two independent draws.
        double chance = urn.Probabilities.Sum(p => p * p);
        Statistics.AssertMean(0.36 + (0.64 * chance), agree);
    }

    [Theory]
    [InlineData("base", 0, 1, 1, 0, 0)]
    [InlineData("drop", 0.2, 1, 1, 0, 0)]
    [InlineData("truncate", 0, 0.7, 1, 0, 0)]
    [InlineData("temper", 0, 1, 1.3, 0, 0)]
    [InlineData("all", 0.1, 0.9, 0.8, 0.2, 0.3)]
    [InlineData("memorize", 0, 1, 1, 0, 1)]
    [InlineData("no base", 0.1, 1, 1, 0.3, 0.7)]
    public void Draws_of_an_oracle_follow_its_density(
        string what, double drop, double truncate, double temper, double invent, double memorize)
    {
        var oracle = new UrnOracle(s_urn, new OracleOptions(drop, truncate, temper, invent, memorize));
        CompressedUrn q = oracle.Compress(s_urn.Draw(300, seed: 5));
        double[] density = [.. Enumerable.Range(0, 1000).Select(x => Math.Pow(2, q.Log2Probability(x)))];
        Assert.True(Math.Abs(density.Sum() - 1) < 1e-12, what);
        long[] counts = new long[1000];
        foreach (int item in q.Draw(200_000, seed: 6)) counts[item]++;
        Statistics.AssertFollow(counts, density);
    }

    [Fact]
    public void Documents_of_an_oracle_are_clustered_as_the_worlds_are()
    {
        var urn = new Urn(new UrnOptions(types: 500, cluster: 2, stick: 0.6));
        CompressedUrn q = new UrnOracle(urn, new OracleOptions(invent: 0.5)).Compress([]);
        double[] agree = [.. q.Draw(100_000, seed: 7).Chunk(2).Select(pair => pair[0] == pair[1] ? 1.0 : 0)];
        double chance = Enumerable.Range(0, 1000).Sum(x => Math.Pow(4, q.Log2Probability(x)));
        Statistics.AssertMean(0.36 + (0.64 * chance), agree);
    }

    [Fact]
    public void The_same_seed_gives_the_same_items_by_every_way()
    {
        var urn = new Urn(new UrnOptions(types: 500, cluster: 4));
        Assert.Equal(urn.Draw(100, 8), urn.Draw(100, 8));
        Assert.NotEqual(urn.Draw(100, 8), urn.Draw(100, 9));

        var world = new UrnWorld(urn, 50, seed: 8);
        Assert.Equal(world.Read(7), new UrnWorld(urn, 1000, seed: 8).Read(7));
        Assert.NotEqual(world.Read(7), world.Read(8));

        var oracle = new UrnOracle(urn, new OracleOptions(memorize: 0.5));
        var q = (CompressedUrn)oracle.Compress(new Training<int>([new Entry<int>(world, 3), new Entry<int>(world, 5)], 0), null, TestContext.Current.CancellationToken);
        CompressedUrn direct = oracle.Compress([.. world.Read(3), .. world.Read(5)]);
        Assert.Equal(direct.Draw(10, 1), q.Sample(10, 1, null, TestContext.Current.CancellationToken).SelectMany(d => d));
    }

    [Fact]
    public void A_sample_rounds_up_to_whole_documents_and_numbers_them()
    {
        var urn = new Urn(new UrnOptions(types: 500, cluster: 4));
        int[] items = urn.Draw(10, seed: 1);
        AtomSample sample = urn.ToSample(items);
        Assert.Equal(12, sample.Units);
        Assert.Equal(3, sample.Documents);
        Assert.Equal(2, sample.DocumentOf(8));
        Assert.Equal((ulong)items[8], sample.AtomsOf(8)[0]);
        var atoms = new HashSet<ulong>();
        new UrnView().Atoms(items[8], atoms);
        Assert.Equal([(ulong)items[8]], atoms);
    }

    [Fact]
    public void A_training_sample_that_cannot_be_memorized_is_refused_with_the_reason()
    {
        var oracle = new UrnOracle(s_urn, new OracleOptions(memorize: 0.5));
        Statistics.AssertRefused("T holds 500", () => oracle.Compress([3, 500]));
        Statistics.AssertRefused("no training item", () => oracle.Compress([]));
    }
}
