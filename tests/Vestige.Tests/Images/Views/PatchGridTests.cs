using Vestige.Images.Views;

namespace Vestige.Tests.Images.Views;

public sealed class PatchGridTests
{
    [Fact]
    public void Patches_lie_inside_the_picture_and_do_not_overlap()
    {
        (int, int)[] sizes = [.. from w in Enumerable.Range(1, 70) from h in Enumerable.Range(1, 70) select (w, h),
            (240, 160), (768, 512), (32, 100_000), (100_000, 32), (1, 100_000), (30_000, 30_000)];
        foreach ((int width, int height) in sizes)
        {
            IReadOnlyList<(int X, int Y)> corners = PatchGrid.Corners(width, height, 32);
            Assert.InRange(corners.Count, 1, PatchGrid.Most);
            foreach ((int x, int y) in corners)
            {
                Assert.InRange(x, 0, Math.Max(0, width - 32));
                Assert.InRange(y, 0, Math.Max(0, height - 32));
            }
            for (int i = 0; i < corners.Count; i++)
                for (int j = 0; j < i; j++)
                    Assert.True(Math.Abs(corners[i].X - corners[j].X) >= 32 || Math.Abs(corners[i].Y - corners[j].Y) >= 32);
        }
    }

    [Theory]
    [InlineData(240, 160, 24)]
    [InlineData(4000, 3000, 24)]
    [InlineData(64, 64, 4)]
    [InlineData(63, 64, 2)]
    [InlineData(5, 5, 1)]
    [InlineData(32, 100_000, 32)]
    public void Number_of_patches_follows_the_room_there_is(int width, int height, int patches) =>
        Assert.Equal(patches, PatchGrid.Corners(width, height, 32).Count);

    [Fact]
    public void The_size_alone_decides_where_patches_lie()
    {
        Assert.Equal(PatchGrid.Corners(240, 160, 32), PatchGrid.Corners(240, 160, 32));
        Assert.NotEqual(PatchGrid.Corners(240, 160, 32), PatchGrid.Corners(241, 160, 32));
    }

    [Fact]
    public void Patches_start_anywhere_on_the_grid_of_a_block_codec()
    {
        int[] phases = new int[8];
        for (int size = 0; size < 100; size++)
            foreach ((int x, _) in PatchGrid.Corners(768 + size, 512 + size, 32)) phases[x % 8]++;
        // 2,400 patches, 300 for each phase; chi-squared with 7 degrees of freedom has its 99.99 % quantile at 29.9.
        Assert.InRange(phases.Sum(n => Math.Pow(n - 300, 2) / 300), 0, 29.9);
    }
}
