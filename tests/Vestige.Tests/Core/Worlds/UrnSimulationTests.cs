using Vestige.Numerics;
using Vestige.Worlds.Exact;
using Vestige.Worlds.Oracles;
using Vestige.Worlds.Urns;

namespace Vestige.Tests.Core.Worlds;

/// <summary>The closed forms against plain estimators on drawn samples, each given its own T: the difference has mean 0.</summary>
public sealed class UrnSimulationTests
{
    private const int Units = 600;
    private const int N = 256;
    private const int Replicates = 150;

    public static TheoryData<int, string> Cells()
    {
        var cells = new TheoryData<int, string>();
        foreach (int cluster in new[] { 1, 10 })
            foreach (string oracle in new[] { "p", "drop", "truncate", "temper", "mixture" })
                cells.Add(cluster, oracle);
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Unbiased_estimators_average_to_the_truth(int cluster, string what)
    {
        var urn = new Urn(new UrnOptions(types: 2000, cluster: cluster, stick: 0.7));
        UrnOracle oracle = new(urn, Options(what));
        SampleShape shape = SampleShape.Of(Units, urn.Clusters);
        Resolution resolved = shape.At(N);
        var lost = new List<double>();
        var floor = new List<double>();
        var invented = new List<double>();
        var inTraining = new List<double>();
        foreach (Drawn drawn in Draw(urn, oracle, Units))
        {
            ExactLedger truth = drawn.Truth;
            lost.Add(Statistics.Missed(drawn.H, drawn.G, N) - truth.Lost(resolved));
            floor.Add(Statistics.Missed(drawn.H, drawn.A, N) - truth.Floor(resolved));
            invented.Add(Statistics.Missed(drawn.G, drawn.H, N) - truth.Invented(resolved));
            inTraining.Add(Statistics.ShareIn(drawn.G, [.. drawn.T]) - truth.InTraining);
        }
        Statistics.AssertMean(0, lost);
        Statistics.AssertMean(0, floor);
        Statistics.AssertMean(0, invented);
        Statistics.AssertMean(0, inTraining);
    }

    [Theory]
    [InlineData(1, "p")]
    [InlineData(1, "temper")]
    [InlineData(1, "mixture")]
    [InlineData(10, "mixture")]
    public void The_population_split_is_that_of_large_samples(int cluster, string what)
    {
        // |G| and |A| are large, so that the ratios have their population values; H keeps its size, as the closed form does.
        var urn = new Urn(new UrnOptions(types: 2000, cluster: cluster, stick: 0.7));
        UrnOracle oracle = new(urn, Options(what));
        SampleShape shape = SampleShape.Of(Units, urn.Clusters);
        var hallucinated = new List<double>();
        var neither = new List<double>();
        foreach (Drawn drawn in Draw(urn, oracle, Units, large: 10, replicates: 40))
        {
            HashSet<int> inT = [.. drawn.T], inH = [.. drawn.H];
            SplitEstimand split = drawn.Truth.Split(shape);
            int[] novelG = [.. drawn.G.Where(x => !inT.Contains(x))];
            int[] novelA = [.. drawn.A.Where(x => !inT.Contains(x))];
            double point = (double)novelG.Length / drawn.G.Length
                * (1 - Math.Min(1, Statistics.ShareIn(novelG, inH) / Statistics.ShareIn(novelA, inH)));
            hallucinated.Add(point - split.Hallucinated);
            double ratio = (novelG.Count(x => !inH.Contains(x)) / (double)drawn.G.Length)
                / (novelA.Count(x => !inH.Contains(x)) / (double)drawn.A.Length);
            neither.Add(ratio - split.NeitherRatio);
        }
        // Where rho is 1 the clip turns noise into bias: half the spread of a ratio of two rates, each of some thousand draws.
        Statistics.AssertMean(0, hallucinated, bias: what == "p" ? 0.02 : 0);
        Statistics.AssertMean(0, neither);
    }

    [Fact]
    public void A_perfect_q_reads_as_nothing_lost_only_if_G_and_A_have_one_shape()
    {
        var urn = new Urn(new UrnOptions(types: 2000, cluster: 10, stick: 0.7));
        ExactLedger truth = new UrnOracle(urn, new OracleOptions()).Compress([]).Truth();
        Resolution equal = SampleShape.Of(Units, urn.Clusters).At(N);
        Resolution tenfold = SampleShape.Of(10 * Units, urn.Clusters).At(N);
        Assert.Equal(truth.Floor(equal), truth.Lost(equal), 1e-14); // The same sums.
        double excess = truth.Lost(tenfold) - truth.Floor(equal);
        Assert.True(excess < -0.05, $"{excess}");

        var simulated = new List<double>();
        for (ulong i = 0; i < 100; i++)
        {
            int[] h = urn.Draw(Units, Rng.Mix(i, "H"));
            double lost = Statistics.Missed(h, urn.Draw(10 * Units, Rng.Mix(i, "G")), N);
            simulated.Add(lost - Statistics.Missed(h, urn.Draw(Units, Rng.Mix(i, "A")), N));
        }
        Statistics.AssertMean(excess, simulated);
    }

    private static OracleOptions Options(string what) => what switch
    {
        "drop" => new OracleOptions(drop: 0.2),
        "truncate" => new OracleOptions(truncate: 0.7),
        "temper" => new OracleOptions(temper: 0.7),
        "mixture" => new OracleOptions(invent: 0.2, memorize: 0.3),
        _ => new OracleOptions(),
    };

    private sealed record Drawn(int[] T, int[] H, int[] A, int[] G, ExactLedger Truth);

    private static IEnumerable<Drawn> Draw(Urn urn, UrnOracle oracle, int units, int large = 1, int replicates = Replicates)
    {
        for (ulong seed = 0; seed < (ulong)replicates; seed++)
        {
            int[] training = urn.Draw(units, Rng.Mix(seed, "T"));
            CompressedUrn q = oracle.Compress(training);
            yield return new Drawn(training, urn.Draw(units, Rng.Mix(seed, "H")), urn.Draw(large * units, Rng.Mix(seed, "A")),
                q.Draw(large * units, Rng.Mix(seed, "G")), q.Truth());
        }
    }
}
