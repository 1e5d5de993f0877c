using Vestige.Estimators;
using Vestige.Numerics;
using Vestige.Samples;

namespace Vestige.Tests.Core.Estimators;

public sealed class AtomTableTests
{
    /// <summary>A sample of units that hold a few atoms of a skewed alphabet each.</summary>
    internal static AtomSample Draw(ulong seed, int units, int alphabet, int documents = int.MaxValue, ulong offset = 0)
    {
        var rng = new Rng(seed);
        var sample = new AtomSample();
        for (int unit = 0; unit < units; unit++)
        {
            var atoms = new HashSet<ulong>();
            int count = 1 + rng.NextInt(4);
            for (int i = 0; i < count; i++) atoms.Add(offset + (ulong)(alphabet * Math.Pow(rng.NextDouble(), 3)));
            sample.Add(unit % Math.Min(documents, units), atoms);
        }
        return sample;
    }

    internal static int CountOf(AtomSample sample, ulong atom)
    {
        int count = 0;
        for (int unit = 0; unit < sample.Units; unit++) count += sample.AtomsOf(unit).Contains(atom) ? 1 : 0;
        return count;
    }

    [Fact]
    public void Counts_are_those_of_a_plain_search()
    {
        AtomSample[] samples = [.. Enumerable.Range(1, 4).Select(s => Draw((ulong)s, 60, 40))];
        AtomTable table = AtomTable.Count(samples[0], samples[1], samples[2], samples[3]);
        Assert.Equal(1, table.Kept);
        for (int role = 0; role < 4; role++)
        {
            for (int unit = 0; unit < samples[role].Units; unit++)
            {
                ReadOnlySpan<int> ids = table.AtomsOf((Role)role, unit);
                for (int i = 0; i < ids.Length; i++)
                {
                    ulong atom = samples[role].AtomsOf(unit)[i];
                    for (int other = 0; other < 4; other++) Assert.Equal(CountOf(samples[other], atom), table.Counts((Role)other)[ids[i]]);
                }
            }
        }
    }

    [Fact]
    public void Thinning_keeps_at_most_the_limit_and_the_same_atoms_in_any_order()
    {
        var forward = new AtomSample();
        var backward = new AtomSample();
        for (ulong i = 0; i < 10_000; i++) forward.Add(0, i);
        for (ulong i = 10_000; i-- > 0;) backward.Add(0, i);
        var empty = new AtomSample();
        AtomTable a = AtomTable.Count(forward, empty, empty, empty, limit: 1000);
        AtomTable b = AtomTable.Count(empty, backward, empty, empty, limit: 1000);
        Assert.InRange(a.Distinct, 1, 1000);
        Assert.Equal(a.Distinct, b.Distinct);
        Assert.Equal(1 / 16.0, a.Kept);
        for (int unit = 0; unit < 10_000; unit++)
            Assert.Equal(a.AtomsOf(Role.Training, unit).Length, b.AtomsOf(Role.HeldOut, 9_999 - unit).Length);
        // 10,000 atoms kept with chance 1/16: 625, with standard deviation 24.2; 4.5 of them.
        Assert.InRange(a.Distinct, 625 - 109, 625 + 109);
    }

    [Fact]
    public void A_tally_without_a_group_is_the_tally_of_the_rest_and_comes_back_whole()
    {
        AtomSample[] samples = [.. Enumerable.Range(1, 4).Select(s => Draw((ulong)s, 61, 40, documents: 10))];
        AtomTable table = AtomTable.Count(samples[0], samples[1], samples[2], samples[3], stratum: _ => 4);
        var tally = new AtomTally(table);
        string before = Show(tally);
        for (int role = 0; role < 4; role++)
        {
            var rest = new AtomSample();
            for (int unit = 0; unit < samples[role].Units; unit++)
            {
                if (samples[role].DocumentOf(unit) % 5 == 3) tally.Move((Role)role, unit, -1);
                else rest.Add(samples[role].DocumentOf(unit), samples[role].AtomsOf(unit).ToArray());
            }
            AtomSample[] others = [.. samples];
            others[role] = rest;
            Assert.Equal(Show(new AtomTally(AtomTable.Count(others[0], others[1], others[2], others[3], stratum: _ => 4))), Show(tally));
            for (int unit = 0; unit < samples[role].Units; unit++)
            {
                if (samples[role].DocumentOf(unit) % 5 == 3) tally.Move((Role)role, unit, +1);
            }
            Assert.Equal(before, Show(tally));
        }
    }

    private static string Show(AtomTally t) => string.Join(" | ",
        Trim(t.HeldOutByGenerated), Trim(t.HeldOutByFloor), Trim(t.GeneratedByHeldOut), Trim(t.FloorByHeldOut),
        Trim([0, .. t.HeldOutSpectrum.Skip(1)]), Trim([0, .. t.GeneratedSpectrum.Skip(1)]), Trim(t.NovelByHeldOut), Trim(t.Incidences),
        string.Join(",", t.Units), t.GeneratedInTraining, t.GeneratedInHeldOut, t.FloorInTraining, t.FloorInHeldOut, t.TrainingInHeldOut,
        t.HeldOutInTraining, t.FloorHits, t.HeldOutInOneDocument, t.Strata!.Generalized());

    private static string Trim(long[] values)
    {
        int length = values.Length;
        while (length > 0 && values[length - 1] == 0) length--;
        return string.Join(",", values[..length]);
    }
}
