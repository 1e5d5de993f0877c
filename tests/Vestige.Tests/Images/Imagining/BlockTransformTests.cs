using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Planes;
using Vestige.Images.Views;
using Vestige.Numerics;

namespace Vestige.Tests.Images.Imagining;

public sealed class BlockTransformTests
{
    [Fact]
    public void Eight_blocks_at_once_are_what_the_plain_transform_makes_of_each()
    {
        var random = new Rng(1);
        var batch = new Vector256<float>[64];
        Span<float> lanes = MemoryMarshal.Cast<Vector256<float>, float>(batch.AsSpan());
        double[][] blocks = [.. Enumerable.Range(0, 8).Select(_ => new double[64])];
        for (int k = 0; k < 64; k++)
            for (int lane = 0; lane < 8; lane++) blocks[lane][k] = lanes[(k * 8) + lane] = (float)(random.NextInt(256) - 128);
        float[] before = lanes.ToArray();
        BlockTransform.Forward(batch);
        for (int lane = 0; lane < 8; lane++)
        {
            BlockQuantizer.Transform(blocks[lane]);
            // Eight additions of products a direction, of values up to 1,024, each off by 2^-24 of them: 2 x 8 x 1,024 x 6e-8 = .001.
            for (int k = 0; k < 64; k++) Assert.Equal(blocks[lane][k], lanes[(k * 8) + lane], 0.001);
        }
        BlockTransform.Inverse(batch);
        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i], lanes[i], 0.002);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 9)]
    [InlineData(64, 8)]
    [InlineData(65, 17)]
    [InlineData(200, 5)]
    public void A_batch_repeats_the_edge_and_writes_back_only_what_is_inside(int width, int height)
    {
        var plane = new Plane(width, height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) plane.Row(y)[x] = (1000 * y) + x;
        float[] before = [.. plane.Samples];
        var batch = new Vector256<float>[64];
        for (int y0 = -5; y0 < height; y0 += 8)
            for (int x0 = -3; x0 < width; x0 += BlockBatch.Width)
            {
                BlockBatch.Load(plane, x0, y0, batch);
                for (int lane = 0; lane < 8; lane++)
                    for (int y = 0; y < 8; y++)
                        for (int x = 0; x < 8; x++)
                            Assert.Equal((1000 * Math.Clamp(y0 + y, 0, height - 1)) + Math.Clamp(x0 + (8 * lane) + x, 0, width - 1), batch[(8 * y) + x][lane]);
                for (int k = 0; k < 64; k++) batch[k] += Vector256.Create(0.5f);
                BlockBatch.Store(plane, x0, y0, batch);
                for (int k = 0; k < 64; k++) batch[k] = Vector256.Create(0.5f);
                BlockBatch.Add(plane, x0, y0, batch);
            }
        // Each sample was inside one block: half a level by Store, half by Add; the padding is as it was.
        for (int y = 0; y < height; y++)
            for (int x = 0; x < plane.Stride; x++) Assert.Equal(before[(y * plane.Stride) + x] + (x < width ? 1 : 0), plane.Row(y)[x]);
    }
}
