using Vestige.Estimators.Points;
using Vestige.Figures;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;

namespace Vestige.Tests.Core.Estimators;

/// <summary>What is memorized where there are few points, one an image, and T is much of what is real.</summary>
public sealed class PointMemoryTests
{
    private const int D = 6, Deals = 30;

    private static float[][] Draw(ulong seed, string name, int count)
    {
        var rng = new Rng(Rng.Mix(seed, name));
        float[][] points = new float[count][];
        for (int i = 0; i < count; i++)
        {
            points[i] = new float[D];
            for (int d = 0; d < D; d++) points[i][d] = (float)rng.NextNormal();
        }
        return points;
    }

    private static PointSample Sample(IEnumerable<float[]> points)
    {
        var sample = new PointSample(D);
        int document = 0;
        foreach (float[] point in points) sample.Add(document++, point);
        return sample;
    }

    private static Ledger Audit(ulong seed, int training, int heldOut, int copies, int fresh)
    {
        float[][] t = Draw(seed, "T", training);
        return new PointReferences(Sample(t), Sample(Draw(seed, "H", heldOut)), Sample(Draw(seed, "A", heldOut)), threads: 1)
            .Audit(Sample(t.Take(copies).Concat(Draw(seed, "G", fresh))), paired: false, new PointLedger.Plan("test", "point", seed));
    }

    /// <summary>All of the fresh points lie nearest to T in every fourth deal: no point that is left out changes that.</summary>
    [Theory]
    [InlineData(60, 20, 15, 5)]
    [InlineData(150, 60, 20, 20)]
    [InlineData(150, 10, 20, 20)]
    [InlineData(90, 15, 10, 10)]
    public void Copies_among_fresh_ones_are_told_or_cannot_be(int training, int heldOut, int copies, int fresh)
    {
        double truth = (double)copies / (copies + fresh);
        int missed = 0, sureOfRest = 0;
        for (ulong seed = 1; seed <= Deals; seed++)
        {
            Ledger ledger = Audit(seed, training, heldOut, copies, fresh);
            if (ledger.Memorized is { Low: { } low, High: { } high }) missed += truth < low || truth > high ? 1 : 0;
            if (ledger.Generalized is { Low: { } least, High: { } most }) sureOfRest += 1 - truth < least || 1 - truth > most ? 1 : 0;
        }
        // Of 30 intervals that hold in 95 %, more than four miss in 1.6 % of cases (binomial).
        Assert.InRange(missed, 0, 4);
        Assert.InRange(sureOfRest, 0, 4);
    }

    [Fact]
    public void The_training_points_given_back_are_memorized_however_few_H_has()
    {
        foreach ((int training, int heldOut) in new[] { (150, 10), (60, 20), (20, 100) })
        {
            Figure memorized = Audit(1, training, heldOut, 20, 0).Memorized;
            Assert.True(memorized.IsMeasured, $"T {training}, H {heldOut}: {memorized.Why}");
            // But for what lies farther out than real points by chance, for which memory leaves room: one of twenty.
            Assert.InRange(memorized.Value!.Value, 0.95, 1);
            Assert.InRange(memorized.Low!.Value, 0.5, 1);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_codec_without_loss_is_all_of_T_however_few_documents_it_has(int documents)
    {
        float[][] t = Draw(1, "T", documents);
        Ledger ledger = new PointReferences(Sample(t), Sample(Draw(1, "H", documents)), Sample(Draw(1, "A", documents)), threads: 1)
            .Audit(Sample(t), paired: true, new PointLedger.Plan("test", "point", 1));
        if (ledger.Memorized.IsMeasured) Assert.Equal((1.0, 0.0), (ledger.Memorized.Value, ledger.Generalized.Value));
        else Assert.NotNull(ledger.Memorized.Why);
    }
}
