using Vestige.Compressors;
using Vestige.Samples;
using Vestige.Sources;
using Vestige.Worlds.Mixtures;
using Vestige.Worlds.Oracles;

namespace Vestige.Tests.Core.Worlds;

public sealed class MixtureTests
{
    public static TheoryData<int> Dimensions => [1, 2, 16, 64];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Centres_of_the_world_and_of_inventions_are_four_radii_apart_and_balance(int dimensions)
    {
        var mixture = new Mixture(new MixtureOptions(dimensions));
        int all = mixture.Options.Modes + Mixture.InventedModes;
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < all; i++)
            for (int j = 0; j < i; j++)
                nearest = Math.Min(nearest, Distance(mixture.Centre(i), mixture.Centre(j)));
        Assert.Equal(4 * mixture.Radius, nearest, 1e-4); // Coordinates near 100 in single precision.

        // With weights from 1 to 1/3 no direction of the centres has more than three times the spread of another, or whitening would bend
        // modes.
        Assert.Equal(1, mixture.Weights.Sum(), 1e-12);
        Assert.Equal(3, mixture.Weights[0] / mixture.Weights[^1], 1e-12);
        double[] spread = [.. Enumerable.Range(0, dimensions).Select(i => Spread(mixture, i))];
        Assert.InRange(spread.Max() / spread.Min(), 1, 3);
    }

    [Fact]
    public void A_point_leaves_the_radius_with_a_chance_of_one_in_a_million()
    {
        // |z|² of d = 2 is exponential: P(|z| > r) = exp(-r²/2). The radius is rounded up to a tenth.
        double radius = new Mixture(new MixtureOptions(2)).Radius;
        Assert.InRange(Math.Exp(-radius * radius / 2), 5e-7, 1e-6);
    }

    [Theory]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(6, 0.5, 0.5)]
    [InlineData(6, 1, 1)]
    public void Every_place_in_a_document_has_exactly_the_distribution(int cluster, double stick, double share)
    {
        var world = new MixtureWorld(new Mixture(new MixtureOptions(2, 0, cluster, stick, share)), 40_000, seed: 1);
        Mixture mixture = world.Mixture;
        long[] modes = new long[mixture.Options.Modes];
        var offsets = new List<double>();
        var squares = new List<double>();
        for (int document = 0; document < 40_000; document++)
        {
            float[] point = world.Read(document)[^1];
            int mode = NearestMode(mixture, point);
            modes[mode]++;
            for (int i = 0; i < 2; i++)
            {
                double offset = point[i] - mixture.Centre(mode)[i];
                offsets.Add(offset);
                squares.Add(offset * offset);
            }
        }
        Statistics.AssertFollow(modes, mixture.Weights);
        Statistics.AssertMean(0, offsets);
        Statistics.AssertMean(1, squares);
        // Normal, not only of unit variance: shares of |offset| under 0.5, 1, 2 and beyond from the table of the normal distribution.
        long[] bands = new long[4];
        foreach (double z in offsets) bands[Math.Abs(z) switch { < 0.5 => 0, < 1 => 1, < 2 => 2, _ => 3 }]++;
        Statistics.AssertFollow(bands, [0.382925, 0.299764, 0.271811, 0.045500]);
    }

    [Fact]
    public void Points_of_a_document_share_their_mode_and_their_offset_as_often_as_stated()
    {
        var mixture = new Mixture(new MixtureOptions(2, 0, cluster: 2, stick: 0.6, share: 0.5));
        var agree = new List<double>();
        var product = new List<double>();
        foreach (float[][] pair in mixture.Draw(60_000, seed: 2).Chunk(2))
        {
            int mode = NearestMode(mixture, pair[0]);
            bool same = mode == NearestMode(mixture, pair[1]);
            agree.Add(same ? 1 : 0);
            if (same) product.Add((pair[0][0] - mixture.Centre(mode)[0]) * (pair[1][0] - mixture.Centre(mode)[0]));
        }
        double chance = mixture.Weights.Sum(w => w * w);
        double together = 0.36 + (0.64 * chance);
        Statistics.AssertMean(together, agree);
        Statistics.AssertMean(0.36 * 0.5 / together, product);
    }

    [Theory]
    [InlineData(0, 1, 1, 0, 0)]
    [InlineData(0.2, 1, 1, 0, 0)]
    [InlineData(0, 0.7, 1, 0, 0)]
    [InlineData(0, 1, 2, 0, 0)]
    [InlineData(0.1, 1, 1, 0.2, 0.3)]
    [InlineData(0, 1, 1, 0, 1)]
    public void Draws_of_an_oracle_follow_its_modes_and_copy_its_training_points(
        double drop, double truncate, double temper, double invent, double memorize)
    {
        var mixture = new Mixture(new MixtureOptions(2));
        float[][] training = mixture.Draw(200, seed: 3);
        var oracle = new MixtureOracle(mixture, new OracleOptions(drop, truncate, temper, invent, memorize));
        var known = training.ToDictionary(p => (p[0], p[1]), NearestModeOf);
        long[] counts = new long[oracle.ModeMasses.Count + 1];
        foreach (float[] point in oracle.Compress(training).Draw(40_000, seed: 4))
            counts[known.ContainsKey((point[0], point[1])) ? ^1 : NearestModeOf(point)]++;
        Statistics.AssertFollow(counts, [.. oracle.ModeMasses, memorize]);

        int NearestModeOf(float[] point) => NearestMode(mixture, point);
    }

    [Fact]
    public void The_same_seed_gives_the_same_points_by_every_way()
    {
        var mixture = new Mixture(new MixtureOptions(16, 0, cluster: 4));
        var world = new MixtureWorld(mixture, 50, seed: 8);
        Assert.Equal(world.Read(7), new MixtureWorld(mixture, 1000, seed: 8).Read(7));
        Assert.NotEqual(world.Read(7), world.Read(8));

        var oracle = new MixtureOracle(mixture, new OracleOptions(memorize: 0.5));
        var q = (CompressedMixture)oracle.Compress(new Training<float[]>([new Entry<float[]>(world, 3), new Entry<float[]>(world, 5)], 0), null,
            TestContext.Current.CancellationToken);
        CompressedMixture direct = oracle.Compress([.. world.Read(3), .. world.Read(5)]);
        Assert.Equal(direct.Draw(10, 1), q.Sample(10, 1, null, TestContext.Current.CancellationToken).SelectMany(d => d));
    }

    [Fact]
    public void A_sample_holds_the_points_by_document()
    {
        var mixture = new Mixture(new MixtureOptions(2, 0, cluster: 4));
        float[][] points = mixture.Draw(10, seed: 1);
        PointSample sample = mixture.ToSample(points);
        Assert.Equal(12, sample.Units);
        Assert.Equal(3, sample.Documents);
        Assert.Equal(2, sample.DocumentOf[8]);
        Assert.Equal(points[8], sample.Values.Slice(16, 2).ToArray());
        var into = new List<float>();
        new MixtureView(2).Points(points[8], into);
        Assert.Equal(points[8], into);
    }

    [Fact]
    public void A_training_sample_that_cannot_be_memorized_is_refused_with_the_reason()
    {
        var oracle = new MixtureOracle(new Mixture(new MixtureOptions(2)), new OracleOptions(memorize: 0.5));
        Statistics.AssertRefused("no training item", () => oracle.Compress([]));
        Statistics.AssertRefused("3 coordinates", () => oracle.Compress([[1, 2, 3]]));
    }

    private static int NearestMode(Mixture mixture, float[] point) =>
        Enumerable.Range(0, mixture.Options.Modes + Mixture.InventedModes).MinBy(m => Distance(point, mixture.Centre(m)));

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    private static double Spread(Mixture mixture, int coordinate)
    {
        double mean = 0, square = 0;
        for (int m = 0; m < mixture.Options.Modes; m++)
        {
            double value = mixture.Centre(m)[coordinate];
            mean += mixture.Weights[m] * value;
            square += mixture.Weights[m] * value * value;
        }
        return square - (mean * mean);
    }
}
