using Vestige.Estimators.Atoms;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Samples;

namespace Vestige.Tests.Core.Estimators;

public sealed class AtomLedgerTests
{
    private const int Units = 3000;

    private static AtomSample Real(ulong seed) => AtomCountsTests.Draw(seed, Units, 4000);

    private static Ledger Audit(AtomSample generated, bool paired = false) => AtomLedger.Estimate(Real(1), Real(2), Real(3), generated,
        new AtomLedger.Plan("test", "atom", ResolutionN.For(Units), paired, Splits: true, Seed: 1));

    private static AtomSample Copy(AtomSample sample, int copies)
    {
        var copy = new AtomSample();
        for (int unit = 0; unit < sample.Units; unit++) copy.Add(sample.DocumentOf(unit), sample.AtomsOf(unit).ToArray(), copies);
        return copy;
    }

    [Fact]
    public void A_parrot_memorizes_all_at_any_two_sizes_of_T_and_H()
    {
        foreach ((int t, int h) in new[] { (Units, Units), (1000, 9000), (4000, 1500) })
        {
            AtomSample training = AtomCountsTests.Draw(1, t, 4000), heldOut = AtomCountsTests.Draw(2, h, 4000);
            foreach (bool paired in new[] { true, false })
            {
                Ledger ledger = AtomLedger.Estimate(training, heldOut, Real(3), training, new AtomLedger.Plan("test", "atom", 512, paired, true, 1));
                Assert.Equal(1, ledger.Memorized.Value!.Value, 1e-12);
                Assert.Equal(0, ledger.Generalized.Value!.Value, 1e-12);
                Assert.Equal(0, ledger.Hallucinated.Value);
                Assert.Equal(1, ledger.InTraining!.Value);
                Assert.Equal(1 / 500.0, ledger.CopyingP);
            }
        }
        Ledger exact = Audit(Real(1), paired: true);
        Assert.Equal((1, 1), (exact.Memorized.Low!.Value, exact.Memorized.High!.Value));
    }

    /// <summary>Throws of a die: H holds all that T holds, and G too little that differs for an interval of its own. What T holds of itself needs no G.</summary>
    [Fact]
    public void Where_H_holds_all_of_T_memory_is_not_told_whatever_G_is()
    {
        AtomSample Throws(ulong seed) => AtomCountsTests.Draw(seed, 100, 6);
        foreach (AtomSample generated in new[] { Throws(4), Throws(1) })
        {
            Ledger ledger = AtomLedger.Estimate(Throws(1), Throws(2), Throws(3), generated, new AtomLedger.Plan("die", "throw", 50, false, true, 1));
            Assert.Null(ledger.Memorized.Value);
            Assert.Contains("more of its own throws than H does", ledger.Memorized.Why, StringComparison.Ordinal);
            Assert.Null(ledger.Generalized.Value);
        }
    }

    [Fact]
    public void What_is_said_once_leaves_its_intervals_to_the_jackknife_and_what_is_repeated_does_not()
    {
        AtomSample once = new(), repeated = new();
        for (int unit = 0; unit < Units; unit++)
        {
            once.Add(unit, [1_000_000 + (ulong)unit], 1);
            repeated.Add(unit, [1_000_000 + ((ulong)unit % 400)], 1);
        }
        // All of it is outside p whichever part is left out: the jackknife's interval is a point.
        Figure hallucinated = Audit(once).Hallucinated;
        Assert.Equal((1, 1), (hallucinated.Low!.Value, hallucinated.High!.Value));
        Figure wide = Audit(repeated).Hallucinated;
        Assert.True(wide.Low < 1 && wide.High > 1, $"{wide.Low} to {wide.High}");
    }

    [Fact]
    public void A_fresh_real_sample_scores_zero_within_its_intervals()
    {
        Ledger ledger = Audit(Real(14));
        Assert.InRange(0, ledger.Lost.Low!.Value, ledger.Lost.High!.Value);
        Assert.InRange(0, ledger.Hallucinated.Low!.Value, ledger.Hallucinated.High!.Value);
        Assert.InRange(0, ledger.Memorized.Low!.Value, ledger.Memorized.High!.Value);
        Assert.InRange(1, ledger.Generalized.Low!.Value, ledger.Generalized.High!.Value);
        Assert.True(ledger.CopyingP > 0.01);
    }

    [Fact]
    public void What_real_items_never_hold_is_hallucinated_and_everything_is_lost()
    {
        Ledger ledger = Audit(AtomCountsTests.Draw(5, Units, 4000, offset: 1_000_000));
        Assert.Equal(0, ledger.Memorized.Value!.Value, 1e-12);
        Assert.Equal(0, ledger.InTraining!.Value);
        Assert.Equal(1, ledger.Hallucinated.Value);
        Assert.Equal(1, ledger.AtMost!.Value);
        Assert.Equal(1, ledger.Lost.Raw);
    }

    [Fact]
    public void The_account_of_q_is_whole_and_so_is_that_of_p()
    {
        foreach (AtomSample g in new[] { Real(1), Real(4), AtomCountsTests.Draw(5, Units, 500), AtomCountsTests.Draw(6, Units, 9000) })
        {
            Ledger ledger = Audit(g);
            Assert.Equal(1, ledger.Memorized.Value!.Value + ledger.Generalized.Value!.Value + ledger.Hallucinated.Value!.Value, 1e-12);
            Assert.Equal(1, ledger.Lost.Value!.Value + ledger.Kept.Value!.Value, 1e-12);
            foreach (Figure mass in new[] { ledger.Memorized, ledger.Hallucinated })
            {
                double half = mass.High!.Value - mass.Value!.Value;
                Assert.InRange(mass.Value.Value, -half, 1 + half);
            }
            // 1.645 standard errors of a share of independent draws, which is largest at one half; the jackknife's own error at most doubles it.
            Assert.InRange(ledger.AtMost!.Value!.Value, 0, ledger.Hallucinated.Raw!.Value + (2 * 1.645 * 0.5 / Math.Sqrt(Units)));
        }
    }

    [Fact]
    public void Doubling_everything_changes_no_figure()
    {
        AtomSample g = AtomCountsTests.Draw(6, Units, 6000);
        var plan = new AtomLedger.Plan("test", "atom", 1024, false, true, 1);
        Ledger once = AtomLedger.Estimate(Real(1), Real(2), Real(3), g, plan);
        Ledger twice = AtomLedger.Estimate(Copy(Real(1), 2), Copy(Real(2), 2), Copy(Real(3), 2), Copy(g, 2), plan);
        Assert.Equal(Figures(once), Figures(twice));

        static IEnumerable<(double?, double?)> Figures(Ledger ledger) =>
            new[] { ledger.Lost, ledger.Memorized, ledger.InTraining!, ledger.Generalized, ledger.Hallucinated, ledger.AtMost!, ledger.Invented!, ledger.MissingMass! }
                .Select(figure => (Round(figure.Value), Round(figure.High)));
        static double? Round(double? x) => x is { } value ? Math.Round(value, 10) : null;
    }

    [Fact]
    public void A_document_that_counts_twice_weighs_twice_as_a_query_and_once_as_a_reference()
    {
        // G: one document in T twice over, one outside everything once. Two thirds stand in T; of the reference G there are two units.
        var g = new AtomSample();
        g.Add(0, Real(1).AtomsOf(0).ToArray(), copies: 2 * 3);
        g.Add(1, [.. Enumerable.Range(0, 3 * Real(1).AtomsOf(0).Length).Select(i => 9_000_000UL + (ulong)i)]);
        Ledger ledger = Audit(g);
        Assert.Equal(2 / 3.0, ledger.InTraining!.Value!.Value, 1e-12);
        Assert.Equal(2, ledger.Sizes.Generated);
        Assert.False(ledger.Lost.IsMeasured);
        Assert.Contains("G is 2 units", ledger.Lost.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Halves_of_units_are_counted_as_halves()
    {
        // Every unit cut in two: twice as many units of half the size. n units are then 2n halves, which hold as much.
        AtomSample Halves(ulong seed)
        {
            AtomSample whole = Real(seed);
            var halves = new AtomSample();
            for (int unit = 0; unit < whole.Units; unit++)
            {
                ulong[] atoms = whole.AtomsOf(unit).ToArray();
                halves.Add(whole.DocumentOf(unit), atoms[..(atoms.Length / 2)], size: 0.5);
                halves.Add(whole.DocumentOf(unit), atoms[(atoms.Length / 2)..], size: 0.5);
            }
            return halves;
        }

        var plan = new AtomLedger.Plan("test", "atom", 1024, false, true, 1);
        AtomSample g = AtomCountsTests.Draw(6, Units, 6000);
        Ledger whole = AtomLedger.Estimate(Real(1), Real(2), Real(3), g, plan), halves = AtomLedger.Estimate(Real(1), Halves(2), Halves(3), g, plan);
        Assert.Equal(whole.Memorized.Value!.Value, halves.Memorized.Value!.Value, 1e-12);
        Assert.Equal(whole.InTraining!.Value, halves.InTraining!.Value);
        // A draw of 1024 of 3000 holds an atom that stands in one with chance .34, of 2048 of 6000 likewise; of several up to n / N^2 off.
        Assert.Equal(whole.Lost.Value!.Value, halves.Lost.Value!.Value, 2e-3);
        Assert.Equal(whole.Invented!.Value!.Value, halves.Invented!.Value!.Value, 2e-3);
    }

    [Fact]
    public void Memory_cannot_be_told_where_H_holds_all_that_T_does()
    {
        AtomSample Same(ulong seed) => AtomCountsTests.Draw(seed, Units, 3);
        Ledger ledger = AtomLedger.Estimate(Same(1), Same(2), Same(3), Same(4), new AtomLedger.Plan("test", "atom", 512, false, true, 1));
        Assert.False(ledger.Memorized.IsMeasured);
        Assert.Contains("cannot be told", ledger.Memorized.Why, StringComparison.Ordinal);
        Assert.False(ledger.Generalized.IsMeasured);
        Assert.Equal(0, ledger.Hallucinated.Value);
    }

    [Theory]
    [InlineData(25.5, "samples of this size tell nothing of it; more documents, or more that differ, would do")]
    [InlineData(.7, "samples of this size would tell it to within 0.7 at best, and it is between 0 and 1; more documents, or more that differ, would do")]
    public void A_share_is_known_to_within_less_than_all_or_not_at_all(double half, string said) => Assert.Equal(said, AtomLedger.TooWide(half));

    [Fact]
    public void A_G_of_nothing_says_so()
    {
        var g = new AtomSample();
        for (int i = 0; i < Units; i++) g.Add(i, []);
        Ledger ledger = Audit(g);
        Assert.All([ledger.Memorized, ledger.Hallucinated, ledger.Generalized, ledger.InTraining!, ledger.AtMost!], figure => Assert.False(figure.IsMeasured));
        Assert.Contains("no atoms", ledger.Hallucinated.Why, StringComparison.Ordinal);
        Assert.Equal(1, ledger.Lost.Raw);
    }

    [Fact]
    public void The_rows_of_an_audit_share_what_was_counted_of_T_H_and_A()
    {
        var plan = new AtomLedger.Plan("test", "atom", 1024, false, true, 1);
        var references = new AtomReferences(Real(1), Real(2), Real(3), 1024);
        foreach (AtomSample g in new[] { Real(4), AtomCountsTests.Draw(6, Units, 6000), Real(4) })
        {
            Ledger shared = AtomLedger.Estimate(references, g, plan), alone = AtomLedger.Estimate(Real(1), Real(2), Real(3), g, plan);
            Assert.Equal(alone.Memorized, shared.Memorized);
            Assert.Equal(alone.Lost, shared.Lost);
            Assert.Equal(alone.Hallucinated, shared.Hallucinated);
        }
    }

    [Fact]
    public void Too_few_hits_give_no_split_and_say_how_much_would_do()
    {
        AtomSample Small(ulong seed) => AtomCountsTests.Draw(seed, 60, 400_000_000);
        Ledger ledger = AtomLedger.Estimate(Small(1), Small(2), Small(3), Small(4), new AtomLedger.Plan("test", "atom", 16, false, true, 1));
        Assert.False(ledger.Hallucinated.IsMeasured);
        Assert.Contains("fresh real units hold something new", ledger.Hallucinated.Why, StringComparison.Ordinal);
        Assert.Contains("50 are needed", ledger.Hallucinated.Why, StringComparison.Ordinal);
        Assert.True(ledger.Memorized.IsMeasured);
    }

    [Fact]
    public void A_view_without_a_split_gives_the_account_of_p_only()
    {
        Ledger ledger = AtomLedger.Estimate(Real(1), Real(2), Real(3), Real(4), new AtomLedger.Plan("test", "atom", 512, false, Splits: false, 1));
        Assert.True(ledger.Lost.IsMeasured);
        Assert.False(ledger.Memorized.IsMeasured);
        Assert.False(ledger.Generalized.IsMeasured);
        Assert.False(ledger.Hallucinated.IsMeasured);
    }

    [Fact]
    public void Thinned_samples_estimate_the_same_ledger()
    {
        AtomSample g = AtomCountsTests.Draw(6, Units, 6000);
        var plan = new AtomLedger.Plan("test", "atom", 1024, false, true, 1);
        Ledger whole = AtomLedger.Estimate(Real(1), Real(2), Real(3), g, plan);
        Ledger thinned = AtomLedger.Estimate(Real(1), Real(2), Real(3), g, plan, limit: 1500);
        Assert.Equal(0.25, thinned.Sizes.KeptShare);
        Assert.InRange(whole.Lost.Value!.Value, thinned.Lost.Low!.Value, thinned.Lost.High!.Value);
        Assert.InRange(whole.Hallucinated.Value!.Value, thinned.Hallucinated.Low!.Value, thinned.Hallucinated.High!.Value);
    }

    [Fact]
    public void A_few_documents_over_and_over_are_a_few_documents()
    {
        // 50 documents of 40 units, which are five documents, ten times each.
        var g = new AtomSample();
        AtomSample training = Real(1);
        for (int i = 0; i < Units; i++) g.Add(i / 40, training.AtomsOf((i / 40 % 5 * 40) + (i % 40)).ToArray());
        Ledger ledger = Audit(g);
        Assert.Null(ledger.Memorized.Low);
        Assert.InRange(ledger.Memorized.Value!.Value, 0, 1);
        Assert.Contains("5 different documents", ledger.Memorized.Why, StringComparison.Ordinal);
        Assert.Equal(1, ledger.InTraining!.Value);
    }

    [Fact]
    public void A_few_things_over_and_over_tell_nothing_of_what_was_learned()
    {
        // Whether H happens to hold what five units of T hold is chance, and decides everything: all memorized, or nothing.
        var g = new AtomSample();
        AtomSample training = Real(1);
        for (int i = 0; i < Units; i++) g.Add(i, training.AtomsOf(i % 5).ToArray());
        Ledger ledger = Audit(g);
        Assert.False(ledger.Memorized.IsMeasured);
        Assert.Contains("different things over and over", ledger.Memorized.Why, StringComparison.Ordinal);
        Assert.Equal(ledger.Memorized.Why, ledger.Generalized.Why);
        Assert.Equal(1, ledger.InTraining!.Value);
        Assert.InRange(ledger.Hallucinated.Value!.Value, 0, 0);
        Assert.InRange(ledger.Lost.Value!.Value, 0.5, 1);
    }

    [Fact]
    public void One_thing_that_is_nowhere_else_widens_the_intervals_and_they_say_so()
    {
        AtomSample real = Real(4), g = new();
        for (int i = 0; i < Units; i++)
        {
            ulong[] atoms = i % 5 == 0 ? [ulong.MaxValue] : real.AtomsOf(i).ToArray();
            g.Add(i, atoms);
        }
        Ledger ledger = Audit(g);
        Assert.StartsWith("one atom is 9 % of what it gives and not in the held-out sample: ", ledger.Hallucinated.Why, StringComparison.Ordinal);
        Assert.Equal(ledger.Hallucinated.Why, ledger.Generalized.Why);
        Assert.True(ledger.Hallucinated.High - ledger.Hallucinated.Low > 0.1);
        Assert.Null(Audit(real).Hallucinated.Why);
    }

    [Fact]
    public void Where_fresh_things_lie_nearer_to_T_than_half_of_T_does_memorized_is_not_measurable()
    {
        // H is of another source, of which nothing is in T or A.
        var other = new AtomSample();
        AtomSample heldOut = Real(2);
        for (int i = 0; i < Units; i++) other.Add(i, [.. heldOut.AtomsOf(i).ToArray().Select(atom => atom + 1_000_000)]);
        Ledger ledger = AtomLedger.Estimate(Real(1), other, Real(3), Real(4), new AtomLedger.Plan("test", "atom", 1024, false, true, 1));
        Assert.False(ledger.Memorized.IsMeasured);
        Assert.StartsWith("T and H are not alike enough", ledger.Memorized.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Under_eight_documents_there_is_no_interval_and_it_is_said()
    {
        AtomSample Few(ulong seed) => AtomCountsTests.Draw(seed, Units, 4000, documents: 7);
        Ledger ledger = AtomLedger.Estimate(Few(1), Few(2), Few(3), Few(4), new AtomLedger.Plan("test", "atom", 1024, false, true, 1));
        Assert.Null(ledger.Lost.Low);
        Assert.Contains("7 documents", ledger.Lost.Why, StringComparison.Ordinal);
        Assert.NotNull(ledger.Lost.Value);
    }
}
