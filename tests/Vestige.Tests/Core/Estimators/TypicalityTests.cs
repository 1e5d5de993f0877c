using Vestige.Estimators.Atoms;
using Vestige.Figures;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;

namespace Vestige.Tests.Core.Estimators;

/// <summary>Passages of a world in which some are of common things and some of rare ones.</summary>
public sealed class TypicalityTests
{
    private const int Units = 400, Atoms = 30, Repeats = 40;

    /// <summary>A passage: what share of it is common to many is its own, as it is of paragraphs.</summary>
    private static ulong[] Passage(ref Rng rng)
    {
        double common = 0.25 + (0.5 * rng.NextDouble());
        var atoms = new HashSet<ulong>();
        while (atoms.Count < Atoms)
            atoms.Add(rng.NextDouble() < common ? (ulong)(2000 * Math.Pow(rng.NextDouble(), 2)) : 1_000_000 + rng.Next() % 1_000_000_000);
        return [.. atoms];
    }

    private static AtomSample Sample(params IEnumerable<ulong[]> units)
    {
        var sample = new AtomSample();
        foreach (ulong[] unit in units) sample.Add(sample.Units, unit);
        return sample;
    }

    private static ulong[][] Draw(ulong seed, string name)
    {
        var rng = new Rng(Rng.Mix(seed, name));
        return [.. Enumerable.Range(0, Units).Select(_ => Passage(ref rng))];
    }

    /// <summary>G says <paramref name="passages"/> passages of T over and over, each in half of a unit; null for none.</summary>
    private static Ledger Audit(ulong seed, int? passages)
    {
        ulong[][] training = Draw(seed, "T"), fresh = Draw(seed, "G");
        AtomSample generated = Sample(fresh.Select((unit, i) => passages is { } some ? unit.Concat(training[i % some]).Distinct().ToArray() : unit));
        return AtomLedger.Estimate(Sample(training), Sample(Draw(seed, "H")), Sample(Draw(seed, "A")), generated,
            new AtomLedger.Plan("test", "atom", ResolutionN.For(Units), Paired: false, Splits: true, seed));
    }

    private static double HalfOf(Figure figure) => (figure.High!.Value - figure.Low!.Value) / 2;

    private static double SeenOf(Ledger ledger) => ledger.Replicates!.SpreadOf((int)LedgerFigure.Memorized)!.Value.HalfWidth;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void One_passage_over_and_over_has_an_interval_for_how_common_it_is(int passages)
    {
        int held = 0, seen = 0;
        for (ulong seed = 1; seed <= Repeats; seed++)
        {
            Ledger ledger = Audit(seed, passages);
            double off = Math.Abs(ledger.Memorized.Value!.Value - 0.5);
            if (off <= HalfOf(ledger.Memorized)) held++;
            if (off <= SeenOf(ledger)) seen++;
        }
        // Of 40 intervals that hold in 95 %, 34 or more do so in 99.2 % of cases (binomial).
        Assert.True(held >= 34, $"{held} of {Repeats} hold what is so");
        Assert.True(seen < 28, $"{seen} of {Repeats} would hold it without: the test tests nothing");
    }

    [Fact]
    public void What_repeats_nothing_has_the_interval_of_the_jackknife()
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            Ledger fresh = Audit(seed, null), copied = Audit(seed, Units);
            Assert.InRange(HalfOf(fresh.Memorized) / SeenOf(fresh), 1, 1.1);
            Assert.InRange(HalfOf(copied.Memorized) / SeenOf(copied), 1, 1.1);
        }
    }

    [Fact]
    public void Units_of_like_atoms_have_no_variance_between_them()
    {
        // Every unit holds one atom that all have and one that it alone has.
        ulong next = 100;
        AtomSample Units() => Sample(Enumerable.Range(0, 50).Select(_ => new ulong[] { 1, next++ }));
        var references = new AtomReferences(Units(), Units(), Units(), 16);
        Assert.Equal(0, references.Own.Between, 1e-12);
        // e is 0 of what both hold and 1 of what T alone holds, half of each.
        Assert.Equal(0.25, references.Own.Within, 1e-12);
        Assert.Equal(0.5, references.Own.Alone, 1e-12);
    }

    [Fact]
    public void Units_unlike_each_other_have_all_their_variance_between_them()
    {
        // Every other unit is what all have, and the rest are of their own.
        ulong next = 100;
        AtomSample Units() => Sample(Enumerable.Range(0, 50).Select(i => i % 2 == 0 ? new ulong[] { 1, 2, 3, 4 } : [next++, next++, next++, next++]));
        var references = new AtomReferences(Units(), Units(), Units(), 16);
        // The mean squares of one-way analysis of variance are those of the whole (.25) here, so that what is between is .25 less .25 / 4, over 1 - 1 / 50.
        Assert.InRange(references.Own.Between, 0.18, 0.26);
    }

    [Theory]
    [InlineData(10, 4)]
    [InlineData(7, 7)]
    [InlineData(100, 1)]
    [InlineData(9, 2.5)]
    public void What_subsets_miss_is_told_by_count(int reference, double n)
    {
        double[] missing = ResolutionN.MissingByCount(reference, n, reference);
        for (int c = 0; c <= reference; c++)
        {
            long[] query = new long[c + 1];
            query[c] = 1;
            Assert.Equal(ResolutionN.Missing(query, reference, n), missing[c]);
        }
    }

    /// <summary>Records with a footer that all have, of which G gives the rest and junk for the footer: more of T alone than T has.</summary>
    [Fact]
    public void No_more_is_memorized_than_stands_in_T_and_the_three_make_one()
    {
        ulong junk = 1UL << 40;
        ulong[] footer = [.. Enumerable.Range(1, Atoms).Select(i => (ulong)i)];
        ulong[][] training = Draw(1, "T");
        AtomSample With(ulong[][] units, Func<ulong[]> rest) => Sample(units.Select(unit => unit.Select(atom => atom + 1000).Concat(rest()).ToArray()));
        Ledger ledger = AtomLedger.Estimate(With(training, () => footer), With(Draw(1, "H"), () => footer), With(Draw(1, "A"), () => footer),
            With(training, () => [.. Enumerable.Range(0, Atoms).Select(_ => junk++)]), new AtomLedger.Plan("test", "atom", ResolutionN.For(Units), false, true, 1));
        Assert.InRange(ledger.Memorized.Value!.Value, 0.49, 0.51);
        Assert.InRange(ledger.Hallucinated.Value!.Value, 0.49, 0.51);
        Assert.InRange(ledger.Generalized.Value!.Value, -0.01, 0.01);
        Assert.InRange(ledger.Memorized.Low!.Value, 0, ledger.InTraining!.Value!.Value);
    }
}
