using System.Runtime.Intrinsics;
using Vestige.Images;
using Vestige.Images.Imagining.Priors;
using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Tests.Images.Imagining;

public sealed class PriorLearningTests
{
    /// <summary>Kinds of a world: a quiet one, one with strong detail across and one with strong detail down, in runs.</summary>
    private static BlockPrior Learn(int batches, int kinds = 3)
    {
        var random = new Rng(5);
        var learning = new PriorLearning(kinds);
        var both = new[] { new Vector256<float>[64], new Vector256<float>[64] };
        Span<float> lanes = stackalloc float[8];
        for (int i = 0; i < batches / 2; i++)
        {
            int kind = random.NextInt(3);
            foreach (Vector256<float>[] batch in both)
                for (int k = 1; k < 64; k++)
                {
                    double deviation = Deviation(kind, k);
                    for (int lane = 0; lane < 8; lane++) lanes[lane] = (float)(deviation * random.NextNormal());
                    batch[k] = Vector256.Create<float>(lanes);
                }
            learning.Add(both[0], both[1]);
        }
        return learning.Learn(default);
    }

    private static double Deviation(int kind, int k) => kind == 0 ? 1 : (kind == 1) == (k % 8 > k / 8) ? 30 : 5;

    [Fact]
    public void Kinds_that_are_there_are_found_with_their_spectra_and_neighbours()
    {
        BlockPrior prior = Learn(1200);
        int quiet = Find(prior, 1, 1, 1), across = Find(prior, 1, 30, 5), down = Find(prior, 1, 5, 30);
        Assert.Equal([0, 1, 2], new[] { quiet, across, down }.Order());
        // A third of 600 draws of a kind: five standard errors of the share are .096.
        Assert.All(prior.Weights, weight => Assert.Equal(1 / 3.0, weight, 0.1));
        for (int kind = 0; kind < 3; kind++)
        {
            int found = new[] { quiet, across, down }[kind];
            for (int k = 1; k < 64; k++)
            {
                // About 3,200 blocks a kind, and 4 of the mean spectrum: five standard errors sqrt(2/3200) and .5 %.
                double truth = Deviation(kind, k) * Deviation(kind, k);
                Assert.Equal(truth, prior.Variances[(found * 64) + k], (0.13 * truth) + 0.5);
            }
        }
        // Neighbours are always of one kind: 3 times as often as by chance, and never of two.
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
                foreach (float[] table in new[] { prior.Across, prior.Down })
                    Assert.InRange(table[(a * 3) + b], a == b ? 2 : 0, a == b ? 4 : 0.01);
    }

    private static int Find(BlockPrior prior, int _, double alongX, double alongY) => Enumerable.Range(0, prior.Kinds)
        .MinBy(c => Math.Abs(Math.Sqrt(prior.Variances[(c * 64) + 3]) - alongX) + Math.Abs(Math.Sqrt(prior.Variances[(c * 64) + 24]) - alongY));

    [Fact]
    public void Few_blocks_make_few_kinds()
    {
        Assert.Equal(1, Learn(2, 64).Kinds);
        Assert.Equal(10, Learn(40, 64).Kinds);
    }

    [Fact]
    public void The_same_pictures_give_the_same_prior_whatever_the_machine_has()
    {
        string here = PriorHash();
        Assert.Equal(here, PriorHash());
        Assert.Equal(here, ChildProcess.Run(PriorHash, "DOTNET_EnableAVX2=0", "DOTNET_PROCESSOR_COUNT=1"));
    }

    private static string PriorHash()
    {
        byte[] file = PriorFile.Write(PicturePrior.Learn(new Gallery(2, 64).Entries, null, default));
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file));
    }

    [Fact]
    public void A_flat_picture_a_single_pixel_and_none()
    {
        var flat = new Shown([TestImages.Flat(50, 40, 9, 9, 9), TestImages.Flat(1, 1, 200, 0, 0)]);
        PicturePrior prior = PicturePrior.Learn([new Entry<Picture>(flat, 0), new Entry<Picture>(flat, 1)], null, TestContext.Current.CancellationToken);
        Assert.All(prior.Luma.Variances.Where((_, i) => i % 64 != 0), v => Assert.Equal(PriorLearning.LeastVariance, v, 1e-6f));
        Assert.Throws<UnusableDocumentException>(() => PicturePrior.Learn([], null, TestContext.Current.CancellationToken));
        Assert.Throws<UnusableDocumentException>(() => PicturePrior.Learn([new Entry<Picture>(flat, 2)], null, TestContext.Current.CancellationToken));
    }

    private sealed class Shown(IReadOnlyList<Picture> pictures) : ISource<Picture>
    {
        public string Name => "shown";

        public Medium Medium { get; } = new("image", "images", "pixel", 24);

        public IReadOnlyList<Document> Documents { get; } = [.. Enumerable.Range(0, pictures.Count + 1).Select(i => new Document($"{i}", 1, 0, 0))];

        public IReadOnlyList<Picture> Read(int document) => document < pictures.Count ? [pictures[document]] : throw new UnusableDocumentException("torn");

        public long SizeOf(Picture item) => item.Pixels;
    }
}
