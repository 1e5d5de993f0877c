using Vestige.Estimators.Atoms;
using Vestige.Estimators.Points;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;
using Vestige.Worlds;

namespace Vestige.Tests.Core.Estimators;

/// <summary>E6 on distributions whose curve is known; how often the bounds hold is judged by the calibration.</summary>
public sealed class CertifiedCurveTests
{
    private const int Units = 2000;

    private static AtomSample Draw(double[] weights, ulong seed)
    {
        var table = new AliasTable(weights);
        var rng = new Rng(seed);
        var sample = new AtomSample();
        for (int i = 0; i < Units; i++) sample.Add(i, (ulong)table.Draw(ref rng));
        return sample;
    }

    private static IReadOnlyList<CurvePoint> Of(double[] p, double[] q) =>
        Of(Draw(p, 1), Draw(p, 2), Draw(p, 3), Draw(q, 4), paired: false);

    private static IReadOnlyList<CurvePoint> Of(AtomSample t, AtomSample h, AtomSample a, AtomSample g, bool paired)
    {
        var references = new AtomReferences(t, h, a, 1);
        return CertifiedCurve.Of(references, new AtomTally(references, g, paired), paired);
    }

    [Fact]
    public void The_same_distribution_has_no_curve()
    {
        double[] p = [.. Enumerable.Range(1, 50).Select(i => 1.0 / i)];
        Assert.All(Of(p, p), point => Assert.Equal((0, 0), (point.Lost.Low, point.Invented.Low)));
    }

    [Fact]
    public void What_is_half_dropped_and_half_invented_is_certified_at_every_t()
    {
        // p on 0 to 9, q on 5 to 14: one half of each is not the other's, and E_t = 1/2 for every t.
        double[] p = [.. Enumerable.Range(0, 15).Select(i => i < 10 ? 1.0 : 0)], q = [.. Enumerable.Range(0, 15).Select(i => i >= 5 ? 1.0 : 0)];
        Assert.All(Of(p, q), point =>
        {
            // The cells tell the halves apart without error. 1000 documents tell, and four standard errors of a half are .063; the bound is within 1.711
            // errors and t + 1 documents below.
            Assert.InRange(point.Lost.Value!.Value, .437, .563);
            Assert.InRange(point.Lost.Low!.Value, .40, .5);
            Assert.InRange(point.Invented.Low!.Value, .40, .5);
        });
    }

    [Fact]
    public void Distributions_that_share_nothing_are_told_apart_but_for_a_few_documents()
    {
        double[] p = [1, 1, 0, 0], q = [0, 0, 1, 1];
        foreach (CurvePoint point in Of(p, q))
        {
            Assert.Equal(1, point.Lost.Value);
            // No variance is seen; what 1000 documents cannot exclude is left.
            Assert.Equal(1 - ((1 + point.T) / 1000), point.Lost.Low!.Value, 1e-12);
        }
    }

    [Fact]
    public void Points_are_told_apart_by_their_neighbours()
    {
        PointSample Cloud(ulong seed, double shift)
        {
            var rng = new Rng(seed);
            var sample = new PointSample(2);
            for (int i = 0; i < 400; i++) sample.Add(i, [(float)(rng.NextNormal() + (i % 3 == 0 ? shift : 0)), (float)rng.NextNormal()]);
            return sample;
        }

        IReadOnlyList<CurvePoint> Curve(double shift) => new PointReferences(Cloud(1, 0), Cloud(2, 0), Cloud(3, 0), 1)
            .Audit(Cloud(4, shift), paired: false, new PointLedger.Plan("place", "place", 1)).Curve;
        // A third of q lies 20 standard deviations away, where p has nothing: E_t(q||p) is 1/3 for every t, and E_t(p||q) is 1/3 at t = 1 and 0 from 2 on.
        IReadOnlyList<CurvePoint> far = Curve(20);
        // One point in 32 of the rest has five neighbours of q by chance, which weighs t-fold against the bound.
        Assert.InRange(far[0].Invented.Low!.Value, .2, 1.0 / 3);
        Assert.All(far, point => Assert.InRange(point.Invented.Low!.Value, 0, 1.0 / 3));
        Assert.InRange(far[0].Lost.Low!.Value, 0, 1.0 / 3);
        Assert.All(far.Skip(1), point => Assert.Equal(0, point.Lost.Low));
        Assert.All(Curve(0), point => Assert.InRange(point.Invented.Low!.Value, 0, .05));
    }

    [Fact]
    public void Too_few_documents_certify_nothing()
    {
        var few = new AtomSample();
        for (int i = 0; i < 12; i++) few.Add(i, (ulong)i);
        Assert.All(Of(few, few, few, few, paired: true), point => Assert.False(point.Lost.IsMeasured));
    }
}
