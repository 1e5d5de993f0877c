using Vestige.Numerics;
using Vestige.Worlds;

namespace Vestige.Tests.Core.Worlds;

public sealed class AliasTableTests
{
    [Fact]
    public void Draws_follow_the_weights_and_items_of_weight_zero_never_come()
    {
        double[] weights = [3, 0, 1e-3, 1, 0, 2, 0.999];
        var table = new AliasTable(weights);
        var rng = new Rng(1);
        long[] counts = new long[weights.Length];
        for (int i = 0; i < 200_000; i++) counts[table.Draw(ref rng)]++;
        Statistics.AssertFollow(counts, [.. weights.Select(w => w / weights.Sum())]);
    }

    [Fact]
    public void One_item_is_always_drawn()
    {
        var rng = new Rng(2);
        Assert.Equal(2, new AliasTable([0, 0, 5]).Draw(ref rng));
    }

    [Fact]
    public void Weights_that_are_all_zero_or_negative_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AliasTable([0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AliasTable([1, -1]));
    }
}
