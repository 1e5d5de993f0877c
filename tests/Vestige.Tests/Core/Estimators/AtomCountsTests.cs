using Vestige.Estimators.Atoms;
using Vestige.Figures;
using Vestige.Numerics;
using Vestige.Samples;

namespace Vestige.Tests.Core.Estimators;

/// <summary>Counts, thinning, and leaving groups out, against plain searches.</summary>
public sealed class AtomCountsTests
{
    /// <summary>A sample of units that hold a few atoms of a skewed alphabet each.</summary>
    internal static AtomSample Draw(ulong seed, int units, int alphabet, int documents = int.MaxValue, ulong offset = 0, int copies = 1)
    {
        var rng = new Rng(seed);
        var sample = new AtomSample();
        for (int unit = 0; unit < units; unit++)
        {
            var atoms = new HashSet<ulong>();
            int count = 1 + rng.NextInt(4);
            for (int i = 0; i < count; i++) atoms.Add(offset + (ulong)(alphabet * Math.Pow(rng.NextDouble(), 3)));
            sample.Add(unit % Math.Min(documents, units), atoms, copies);
        }
        return sample;
    }

    private static int CountOf(AtomSample sample, ulong atom)
    {
        int count = 0;
        for (int unit = 0; unit < sample.Units; unit++) count += sample.AtomsOf(unit).Contains(atom) ? 1 : 0;
        return count;
    }

    [Fact]
    public void Counts_and_groups_are_those_of_a_plain_search()
    {
        AtomSample sample = Draw(1, 60, 40, documents: 9, copies: 3);
        var index = new AtomIndex();
        index.Add(sample);
        var counts = new AtomCounts(sample, index);
        Assert.Equal(9, counts.Groups);
        Assert.Equal(new AtomCounts.Part(60, 60, 3L * sample.Incidences), counts.Whole);
        for (ulong atom = 0; atom < 40; atom++)
        {
            if (index.Find(atom) is not (>= 0 and var id)) continue;
            Assert.Equal(CountOf(sample, atom), counts.Units[id]);
            Assert.Equal(3 * CountOf(sample, atom), counts.Queries[id]);
            int documents = 0;
            for (int group = 0; group < 9; group++)
            {
                foreach (AtomCounts.Entry entry in counts.GroupOf(group))
                    if (entry.Atom == id) documents += entry.Documents;
            }
            Assert.Equal(Enumerable.Range(0, 60).Where(unit => sample.AtomsOf(unit).Contains(atom)).Select(sample.DocumentOf).Distinct().Count(), documents);
        }
    }

    [Fact]
    public void Thinning_keeps_at_most_the_limit_and_the_same_atoms_in_any_order()
    {
        var forward = new AtomSample();
        var backward = new AtomSample();
        for (ulong i = 0; i < 10_000; i++) forward.Add(0, i);
        for (ulong i = 10_000; i-- > 0;) backward.Add(0, i);
        ulong threshold = AtomIndex.ThresholdFor(1000, forward);
        Assert.Equal(threshold, AtomIndex.ThresholdFor(1000, new AtomSample(), backward));
        Assert.Equal(ulong.MaxValue, AtomIndex.ThresholdFor(10_000, forward));
        var index = new AtomIndex(threshold: threshold);
        index.Add(backward);
        Assert.Equal(1 / 16.0, index.Share);
        // 10,000 atoms kept with chance 1/16: 625, with standard deviation 24.2; 4.5 of them.
        Assert.InRange(index.Count, 625 - 109, 625 + 109);
    }

    [Fact]
    public void A_tally_without_a_group_is_the_tally_of_the_rest_and_comes_back_whole()
    {
        AtomSample[] samples = [.. Enumerable.Range(1, 4).Select(s => Draw((ulong)s, 61, 40, documents: 10, copies: s))];
        var references = new AtomReferences(samples[0], samples[1], samples[2], 8);
        var tally = new AtomTally(references, samples[3], paired: false);
        string before = Show(tally, references.Whole);
        foreach (Role role in Enum.GetValues<Role>())
        {
            var rest = new AtomSample();
            AtomSample whole = samples[(int)role];
            for (int unit = 0; unit < whole.Units; unit++)
                if (whole.DocumentOf(unit) % 10 != 3) rest.Add(whole.DocumentOf(unit), whole.AtomsOf(unit).ToArray(), whole.CopiesOf(unit));
            AtomSample[] others = [.. samples];
            others[(int)role] = rest;
            var without = new AtomReferences(others[0], others[1], others[2], 8);
            tally.Move(role, 3, -1);
            Assert.Equal(Show(new AtomTally(without, others[3], paired: false), without.Whole),
                Show(tally, role == Role.Generated ? references.Whole : references.Leaving[(int)role][3]));
            tally.Move(role, 3, +1);
            Assert.Equal(before, Show(tally, references.Whole));
        }
    }

    private static string Show(AtomTally t, AtomReferences.Figures f) => string.Join(" | ",
        Trim(t.HeldOutByGenerated(f.HeldOut)), Trim(t.GeneratedByHeldOut), Trim(t.GeneratedByTraining), Trim([0, .. t.Spectrum.Skip(1)]), Trim(t.NovelByHeldOut),
        f with { FloorNovel = [] }, string.Join(",", f.FloorNovel));

    private static string Trim(ReadOnlySpan<long> values)
    {
        int length = values.Length;
        while (length > 0 && values[length - 1] == 0) length--;
        return string.Join(",", values[..length].ToArray());
    }
}
