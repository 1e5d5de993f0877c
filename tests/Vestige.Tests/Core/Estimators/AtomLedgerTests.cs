using Vestige.Estimators;
using Vestige.Results;
using Vestige.Samples;

namespace Vestige.Tests.Core.Estimators;

public sealed class AtomLedgerTests
{
    private const int Units = 3000;

    private static AtomSample Real(ulong seed) => AtomTableTests.Draw(seed, Units, 4000);

    private static Ledger Audit(AtomSample generated, bool paired = false) => AtomLedger.Estimate(Real(1), Real(2), Real(3), generated,
        new AtomLedger.Plan("test", "atom", ResolutionN.For(Units), paired, Splits: true, Seed: 1));

    [Fact]
    public void A_parrot_memorizes_all()
    {
        Ledger ledger = Audit(Real(1), paired: true);
        Assert.Equal(1, ledger.Memorized.Value);
        Assert.Equal(1, ledger.Memorized.Low);
        Assert.Equal(0, ledger.Generalized.Value);
        Assert.Equal(0, ledger.Hallucinated.Value);
        Assert.Equal(1 / 500.0, ledger.CopyingP);
        // (1 - share in H) / (1 - overlap) with overlap = the same share within sampling noise.
        Assert.InRange(ledger.CopyingExcess!.Value!.Value, 0.95, 1.05);
    }

    [Fact]
    public void A_fresh_real_sample_scores_zero_within_its_intervals()
    {
        Ledger ledger = Audit(Real(14));
        Assert.InRange(0, ledger.Lost.Low!.Value, ledger.Lost.High!.Value);
        Assert.InRange(0, ledger.Hallucinated.Low!.Value, ledger.Hallucinated.High!.Value);
        Assert.InRange(0, ledger.CopyingExcess!.Low!.Value, ledger.CopyingExcess.High!.Value);
        Assert.True(ledger.CopyingP > 0.01);
        Assert.True(ledger.Generalized.Value > 0.01);
    }

    [Fact]
    public void What_real_items_never_hold_is_hallucinated_and_everything_is_lost()
    {
        Ledger ledger = Audit(AtomTableTests.Draw(5, Units, 4000, offset: 1_000_000));
        Assert.Equal(0, ledger.Memorized.Value);
        Assert.Equal(1, ledger.Hallucinated.Value);
        Assert.Equal(1, ledger.AtMost!.Value);
        Assert.Equal(1, ledger.Lost.Raw);
    }

    [Fact]
    public void The_account_of_q_is_whole_and_so_is_that_of_p()
    {
        foreach (AtomSample g in new[] { Real(1), Real(4), AtomTableTests.Draw(5, Units, 500), AtomTableTests.Draw(6, Units, 9000) })
        {
            Ledger ledger = Audit(g);
            Assert.Equal(1, ledger.Memorized.Value!.Value + ledger.Generalized.Value!.Value + ledger.Hallucinated.Value!.Value, 1e-12);
            Assert.Equal(1, ledger.Lost.Value!.Value + ledger.Kept.Value!.Value, 1e-12);
            // 1.645 standard errors of a share of independent draws, which is largest at one half; the jackknife's own error at most doubles it.
            Assert.InRange(ledger.AtMost!.Value!.Value, 0, ledger.Hallucinated.Raw!.Value + (2 * 1.645 * 0.5 / Math.Sqrt(Units)));
        }
    }

    [Fact]
    public void Too_few_hits_give_no_split_and_say_how_much_would_do()
    {
        AtomSample Small(ulong seed) => AtomTableTests.Draw(seed, 60, 400_000_000);
        Ledger ledger = AtomLedger.Estimate(Small(1), Small(2), Small(3), Small(4), new AtomLedger.Plan("test", "atom", 16, false, true, 1));
        Assert.False(ledger.Hallucinated.IsMeasured);
        Assert.Contains("not measurable at this size", ledger.Hallucinated.Why, StringComparison.Ordinal);
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
        AtomSample g = AtomTableTests.Draw(6, Units, 6000);
        var plan = new AtomLedger.Plan("test", "atom", 1024, false, true, 1);
        Ledger whole = AtomLedger.Estimate(Real(1), Real(2), Real(3), g, plan);
        Ledger thinned = AtomLedger.Estimate(Real(1), Real(2), Real(3), g, plan, limit: 1500);
        Assert.Equal(0.25, thinned.Sizes.KeptShare);
        Assert.InRange(whole.Lost.Value!.Value, thinned.Lost.Low!.Value, thinned.Lost.High!.Value);
        Assert.InRange(whole.Hallucinated.Value!.Value, thinned.Hallucinated.Low!.Value, thinned.Hallucinated.High!.Value);
    }

    [Fact]
    public void Under_eight_documents_there_is_no_interval_and_it_is_said()
    {
        AtomSample Few(ulong seed) => AtomTableTests.Draw(seed, Units, 4000, documents: 7);
        Ledger ledger = AtomLedger.Estimate(Few(1), Few(2), Few(3), Few(4), new AtomLedger.Plan("test", "atom", 1024, false, true, 1));
        Assert.Null(ledger.Lost.Low);
        Assert.Contains("7 documents", ledger.Lost.Why, StringComparison.Ordinal);
        Assert.NotNull(ledger.Lost.Value);
    }
}
