using Vestige.Numerics;
using Vestige.Numerics.Neighbours;

namespace Vestige.Tests.Core.Numerics.Neighbours;

public sealed class ShortlistTests
{
    [Fact]
    public void A_list_holds_the_same_whatever_the_order_of_offers()
    {
        var rng = new Rng(1);
        for (int trial = 0; trial < 200; trial++)
        {
            int count = rng.NextInt(40), perGroup = 1 + rng.NextInt(4), places = perGroup * (1 + rng.NextInt(2)), groupCount = 1 + rng.NextInt(6);
            int[] groups = new int[count];
            long[] entries = new long[count];
            for (int i = 0; i < count; i++)
            {
                groups[i] = rng.NextInt(groupCount);
                entries[i] = Shortlist.Entry(rng.NextInt(12) - 6, i);
            }
            IEnumerable<long> capped = entries.GroupBy(entry => groups[Shortlist.Reference(entry)]).SelectMany(group => group.Order().Take(perGroup));
            long[] expected = [.. capped.Order().Take(places)];

            rng.Shuffle(entries.AsSpan());
            var list = new Shortlist(2, places, perGroup);
            foreach (long entry in entries) list.Offer(1, entry, groups);
            Assert.Equal(expected, list[1].ToArray().TakeWhile(entry => entry != Shortlist.Empty));
            Assert.All(list[0].ToArray(), entry => Assert.Equal(Shortlist.Empty, entry));
        }
    }
}
