using Vestige.Numerics;
using Vestige.Numerics.Neighbours;

namespace Vestige.Tests.Core.Estimators;

/// <summary>Agreement on the same points with the published nearest-neighbour scores, each written down here as its paper defines it.</summary>
/// <remarks>
/// Precision and recall: Kynkäänniemi et al. 2019, eq. 1 and 2; density and coverage: Naeem et al. 2020, eq. 4 and 5. NND_k leaves the point
/// itself out. Where they compare with less-than a tie is outside; here a tie is inside. On points without ties the two are the same.
/// </remarks>
public sealed class PublishedNeighbourScoresTests
{
    /// <summary>Two clouds that overlap in part.</summary>
    private static (float[][] Real, float[][] Fake) Points(int real, int fake, int dimensions, ulong seed)
    {
        var rng = new Rng(seed);
        float[][] Draw(int count, double shift, double scale) =>
            [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, dimensions).Select(d => (float)((d == 0 ? shift : 0) + (scale * rng.NextNormal()))).ToArray())];
        return (Draw(real, 0, 1), Draw(fake, 0.7, 0.8));
    }

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum());

    private static double[] Radii(float[][] points, int k) =>
        [.. points.Select((point, i) => points.Where((_, j) => j != i).Select(other => Distance(point, other)).Order().ElementAt(k - 1))];

    // As published.
    private static double Precision(float[][] real, float[][] fake, int k)
    {
        double[] radii = Radii(real, k);
        return fake.Average(y => real.Zip(radii).Any(x => Distance(x.First, y) <= x.Second) ? 1.0 : 0);
    }

    private static double Density(float[][] real, float[][] fake, int k)
    {
        double[] radii = Radii(real, k);
        return fake.Sum(y => real.Zip(radii).Count(x => Distance(x.First, y) < x.Second)) / ((double)k * fake.Length);
    }

    private static double Coverage(float[][] real, float[][] fake, int k) =>
        real.Zip(Radii(real, k)).Average(x => fake.Any(y => Distance(x.First, y) < x.Second) ? 1.0 : 0);

    public static TheoryData<int, int, int, int> Shapes => new() { { 61, 83, 1, 5 }, { 90, 57, 2, 5 }, { 57, 90, 9, 3 }, { 70, 70, 33, 5 }, { 50, 61, 64, 4 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Coverage_precision_recall_and_density_are_the_published_ones(int real, int fake, int dimensions, int k)
    {
        (float[][] x, float[][] y) = Points(real, fake, dimensions, (ulong)(real + dimensions));
        PointSet setX = Set(x), setY = Set(y);
        float[] radiiX = Radii(setX, k), radiiY = Radii(setY, k);

        Assert.Equal(Coverage(x, y, k), Covered(setX, radiiX, setY));
        Assert.Equal(Coverage(y, x, k), Covered(setY, radiiY, setX));
        Assert.Equal(Precision(x, y, k), InBalls(setY, setX, radiiX));
        // Recall is precision with the roles exchanged.
        Assert.Equal(Precision(y, x, k), InBalls(setX, setY, radiiY));

        // Density counts the balls that hold each point, one ball at a time.
        int pairs = 0;
        for (int i = 0; i < x.Length; i++)
        {
            float[] one = [.. radiiX.Select((radius, j) => j / 2 == i ? radius : -1)];
            pairs += NearestNeighbours.Covered(setY, setX, one, 1).Count(bits => (bits >> 1 & 1) == 1);
        }
        Assert.Equal(Density(x, y, k), pairs / ((double)k * y.Length), 1e-12);
        // They say something here: not all of them are all or nothing.
        Assert.Contains(new[] { Coverage(x, y, k), Coverage(y, x, k), Precision(x, y, k), Precision(y, x, k) }, score => score is > 0.01 and < 0.99);
    }

    private static PointSet Set(float[][] points) =>
        new([.. points.SelectMany(point => point)], points[0].Length, [.. Enumerable.Range(0, points.Length)], new int[points.Length], 1);

    /// <summary>Squared radii, (points, 2): without the one group there is (none is left), and without none.</summary>
    private static float[] Radii(PointSet set, int k)
    {
        float[] radii = NearestNeighbours.Find(set, set, k, excludeOwnUnit: true, 1).SquaredRadii(k);
        for (int i = 0; i < radii.Length; i += 2) radii[i] = -1;
        return radii;
    }

    /// <summary>Share of points whose ball holds one of the others.</summary>
    private static double Covered(PointSet set, float[] radii, PointSet others)
    {
        NeighbourTable nearest = NearestNeighbours.Find(set, others, 1, excludeOwnUnit: false, 1);
        return Enumerable.Range(0, set.Count).Average(i => nearest.SquaredDistance(i, 1, 1) <= radii[(2 * i) + 1] ? 1.0 : 0);
    }

    /// <summary>Share of points in some ball of the others.</summary>
    private static double InBalls(PointSet set, PointSet others, float[] radii) =>
        NearestNeighbours.Covered(set, others, radii, 1).Average(bits => (bits >> 1 & 1) == 1 ? 1.0 : 0);
}
