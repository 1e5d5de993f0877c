using Vestige.Images.Imagining;
using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Imagining.Priors;
using Vestige.Images.Planes;

namespace Vestige.Tests.Images.Imagining;

public sealed class KindFieldTests
{
    /// <summary>Two kinds that like to stand together; cells that say little.</summary>
    private static readonly BlockPrior s_prior = new([0.5f, 0.5f], new float[128].Select(_ => 1f).ToArray(), [1.6f, 0.5f, 0.5f, 1.6f], [1.4f, 0.7f, 0.7f, 1.4f]);

    private sealed class Hints(int columns, int rows, float[] hints) : BlockCells(8 * columns, 8 * rows)
    {
        internal override void Score(int block, Span<float> logs) => logs[0] += hints[block];

        internal override double Mean(int block, ReadOnlySpan<float> shares, Span<float> coefficients) => throw new NotSupportedException();

        internal override void Draw(int block, int kind, ref NormalTable random, Span<float> coefficients) => throw new NotSupportedException();

        internal override void Project(Plane plane) => throw new NotSupportedException();
    }

    [Fact]
    public void Kinds_are_drawn_as_often_as_the_field_says()
    {
        float[] hints = [1, 0, 0, -0.5f, 0, 0.3f];
        var field = new KindField(s_prior, new Hints(3, 2, hints));
        double[] exact = new double[64];
        for (int state = 0; state < 64; state++)
        {
            double log = 0;
            for (int b = 0; b < 6; b++)
            {
                int own = (state >> b) & 1;
                if (own == 0) log += hints[b];
                if (b % 3 < 2) log += 0.6 * Math.Log(s_prior.Across[(own * 2) + ((state >> (b + 1)) & 1)]);
                if (b < 3) log += 0.6 * Math.Log(s_prior.Down[(own * 2) + ((state >> (b + 3)) & 1)]);
            }
            exact[state] = Math.Exp(log);
        }
        double total = exact.Sum();
        double[] counts = new double[64];
        const int draws = 20_000;
        for (int i = 0; i < draws; i++) counts[field.Draw((ulong)i).Select((kind, b) => kind << b).Sum()]++;
        double apart = Enumerable.Range(0, 64).Sum(s => Math.Abs((counts[s] / draws) - (exact[s] / total))) / 2;
        // 64 states of 20,000 draws differ by about sqrt(64 / (2 pi 20,000)) = .023 by chance; three sweeps leave a little of where they began.
        Assert.InRange(apart, 0, 0.06);
    }

    [Fact]
    public void A_region_persuades_a_block_that_knows_nothing()
    {
        float[] hints = [.. Enumerable.Repeat(2f, 25)];
        hints[12] = 0;
        Assert.InRange(new KindField(s_prior, new Hints(5, 5, hints)).Shares(12)[0], 0.75, 1);
        Assert.Equal(0.5, new KindField(s_prior, new Hints(1, 1, [0])).Shares(0)[0], 1e-6);
    }
}
