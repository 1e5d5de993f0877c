using Vestige.Audits.Documents;
using Vestige.Samples;
using Vestige.Views;

namespace Vestige.Tests.Core.Audits.Documents;

/// <summary>What a view saw, as it is kept and read back.</summary>
public sealed class ViewRecordTests
{
    /// <summary>Each item is a list of atoms.</summary>
    private sealed class Listed : IAtomView<ulong[]>
    {
        public string Name => "listed";

        public string Description => "";

        public string Element => "atom";

        public bool Splits => true;

        public void Atoms(ulong[] item, HashSet<ulong> into) => into.UnionWith(item);
    }

    private static ulong[] Upto(int count) => [.. Enumerable.Range(0, count).Select(i => (ulong)i)];

    private static List<ulong[]> Read(ViewRecord look, int items, int level)
    {
        var sample = new AtomSample();
        look.AddAtoms(new SampledDocument<ulong[]>(null, items, _ => look) { Cluster = 0 }, level, sample);
        return [.. Enumerable.Range(0, sample.Units).Select(unit => sample.AtomsOf(unit).ToArray())];
    }

    [Fact]
    public void Atoms_come_back_item_by_item()
    {
        ViewRecord look = ViewRecord.At(new Listed(), [Upto(3), [], Upto(5)]);
        Assert.Equal(new ViewRecord.Head(3, 0, 8, 8), ViewRecord.HeadOf(look.Record));
        Assert.Equal([Upto(3), [], Upto(5)], Read(look, 3, 0));
        Assert.Equal([Upto(3), []], Read(look, 2, 0));
    }

    [Fact]
    public void Of_too_many_atoms_a_part_is_kept_that_all_items_share_the_level_of()
    {
        ViewRecord look = ViewRecord.At(new Listed(), [Upto(10), Upto(1000)], most: 100);
        ViewRecord.Head head = ViewRecord.HeadOf(look.Record);
        // 1000 / 2^4 = 62.5; at 2^3, 125 are expected, and this hash keeps over 100.
        Assert.InRange(head.Level, 3, 4);
        List<ulong[]> kept = Read(look, 2, head.Level);
        Assert.All(kept, atoms => Assert.True(atoms.Length <= 100));
        Assert.Equal(Upto(10).Where(a => ViewRecord.Keeps(head.Level, a)), kept[0]);
        Assert.Equal(Upto(1000).Where(a => ViewRecord.Keeps(head.Level, a)), kept[1]);
    }

    [Fact]
    public void Thinning_further_keeps_the_same_as_thinning_once()
    {
        ViewRecord whole = ViewRecord.At(new Listed(), [Upto(1000)], int.MaxValue), thinned = ViewRecord.At(new Listed(), [Upto(1000)], 300);
        Assert.Equal(0, ViewRecord.HeadOf(whole.Record).Level);
        Assert.Equal(Read(whole, 1, 5), Read(thinned, 1, 5));
        Assert.InRange(Read(whole, 1, 5)[0].Length, 10, 60);
    }

    [Fact]
    public void A_document_of_very_many_items_is_thinned_to_its_share_and_says_what_it_held()
    {
        // Atom 0 has hash 0, which no thinning takes: it must not drive the level up.
        ulong[][] items = [.. Enumerable.Range(0, 2000).Select(i => Enumerable.Range(0, 40).Select(a => a == 0 ? 0 : (ulong)((1000 * i) + a)).ToArray())];
        ViewRecord look = ViewRecord.At(new Listed(), items, mostOfAll: 5000);
        ViewRecord.Head head = ViewRecord.HeadOf(look.Record);
        // 80,000 / 2^4 = 5,000.
        Assert.Equal((2000, 4, 80_000), (head.Items, head.Level, head.Whole));
        // Of the 78,000 that are each in one item a sixteenth, 4,875; five standard deviations of a binomial are 338.
        Assert.InRange(head.Values - 2000, 4875 - 338, 4875 + 338);
        Assert.Equal(Read(ViewRecord.At(new Listed(), items), 2000, 4), Read(look, 2000, 4));
    }

    [Fact]
    public void The_last_item_of_a_document_counts_by_its_length()
    {
        ViewRecord look = ViewRecord.At(new Listed(), [Upto(3), Upto(4)]);
        var sample = new AtomSample();
        look.AddAtoms(new SampledDocument<ulong[]>(null, 2, _ => look) { Cluster = 5, Weight = 2, LastSize = .25 }, 0, sample);
        Assert.Equal([1, .25], [sample.SizeOf(0), sample.SizeOf(1)]);
        Assert.Equal([2, 2], [sample.CopiesOf(0), sample.CopiesOf(1)]);
        Assert.Equal(5, sample.DocumentOf(1));
    }

    [Fact]
    public void Points_come_back_item_by_item()
    {
        ViewRecord look = ViewRecord.At(PlaneViews.All[0], [[1, 2], [3, 4], new float[] { 5, 6 }]);
        var sample = new PointSample(2);
        look.AddPoints(new SampledDocument<float[]>(null, 2, _ => look) { Cluster = 7, Weight = 3 }, sample);
        Assert.Equal([1, 2, 3, 4], sample.Values.ToArray());
        Assert.Equal([0, 1], sample.UnitOf.ToArray());
        Assert.Equal([7, 7], sample.DocumentOf.ToArray());
        Assert.Equal([3, 3], sample.CopiesOf.ToArray());
    }
}
