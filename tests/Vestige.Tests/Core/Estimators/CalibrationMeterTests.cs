using Vestige.Estimators.Atoms;
using Vestige.Figures;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;

namespace Vestige.Tests.Core.Estimators;

/// <summary>What calibration costs, of p and q that are known.</summary>
public sealed class CalibrationMeterTests
{
    private const int Units = 4000;

    // 400 atoms of 1/500 each, and 4 million rare ones that share the fifth that is left: nearly all of these are seen once.
    private const int Common = 400;
    private const double RareShare = 0.2;
    private const ulong FirstRare = 1000, Rare = 4_000_000, FirstMadeUp = 10_000_000;

    private static ulong DrawP(ref Rng rng) => rng.NextDouble() < RareShare ? FirstRare + (ulong)(rng.NextDouble() * Rare) : (ulong)(rng.NextDouble() * Common);

    private delegate ulong Drawing(ref Rng rng);

    private static AtomSample Sample(int seed, Drawing draw, int units = Units)
    {
        var sample = new AtomSample();
        var rng = new Rng((ulong)seed);
        for (int unit = 0; unit < units; unit++) sample.Add(unit, draw(ref rng));
        return sample;
    }

    private static Ledger Estimate(AtomSample generated, int seed = 10, bool paired = false) =>
        AtomLedger.Estimate(Sample(seed + 1, DrawP), Sample(seed + 2, DrawP), Sample(seed + 3, DrawP), generated, new AtomLedger.Plan("urn", "atom", 500, paired, true, 1));

    [Fact]
    public void Of_p_itself_nothing_is_miscalibrated_and_once_is_what_T_leaves_unseen()
    {
        Ledger ledger = Estimate(Sample(1, DrawP));
        // Four standard errors of a share of 4,000 draws: .025.
        Assert.Equal(RareShare, ledger.Once!.Value!.Value, 0.025);
        Assert.Equal(1 - ledger.InTraining!.Floor!.Value, ledger.Once.Value!.Value, 0.04);
        // A sum of absolute differences is above 0 by its noise, which a fresh real sample shows too.
        Assert.InRange(ledger.Miscalibration!.Value!.Value, 0, 0.03);
        Assert.Equal(ledger.Miscalibration.Floor!.Value, ledger.Miscalibration.Value!.Value, 0.025);
        Assert.Equal(ledger.Once.Value!.Value - ledger.Miscalibration.Value!.Value, ledger.CalibrationBound!.Value!.Value, 1e-12);
    }

    /// <summary>What is made up is new each time, as what is rare is: calibrated, whatever share of it is false.</summary>
    [Fact]
    public void A_model_that_makes_up_as_much_as_is_rare_is_calibrated_and_pays_the_bound()
    {
        Ledger ledger = Estimate(Sample(2, (ref Rng rng) => rng.NextDouble() < RareShare ? FirstMadeUp + (ulong)(rng.NextDouble() * Rare) : (ulong)(rng.NextDouble() * Common)));
        Assert.InRange(ledger.Miscalibration!.Value!.Value, 0, 0.03);
        Assert.InRange(ledger.CalibrationBound!.Value!.Value, RareShare - 0.05, RareShare + 0.03);
        Assert.True(ledger.CalibrationBound.Low < RareShare && ledger.Hallucinated.Value is null or > 0.15);
    }

    [Theory]
    [InlineData(0.0, 0.2)] // never what is rare
    [InlineData(0.5, 0.3)] // more than half of what it says is new each time
    [InlineData(1.0, 0.8)] // nothing but made up
    public void Too_little_or_too_much_that_is_rare_is_miscalibration(double share, double variation)
    {
        Ledger ledger = Estimate(Sample(3, (ref Rng rng) => rng.NextDouble() < share ? FirstMadeUp + (ulong)(rng.NextDouble() * Rare) : (ulong)(rng.NextDouble() * Common)));
        Figure miscalibration = ledger.Miscalibration!;
        Assert.Equal(variation, miscalibration.Value!.Value, 0.03);
        Assert.InRange(variation, miscalibration.Low!.Value - 0.02, miscalibration.High!.Value + 0.02);
    }

    [Fact]
    public void A_collapsed_model_is_as_far_off_as_can_be()
    {
        Ledger few = Estimate(Sample(4, (ref Rng rng) => FirstMadeUp + (ulong)(rng.NextDouble() * 9)));
        Assert.Equal(1, few.Miscalibration!.Value!.Value, 1e-3);
        Assert.InRange(few.CalibrationBound!.Value!.Value, -0.85, -0.75);
        Ledger one = Estimate(Sample(4, (ref Rng rng) => FirstMadeUp));
        Assert.Contains("one over and over", one.Miscalibration!.Why, StringComparison.Ordinal);
    }

    /// <summary>A look-up table makes nothing up, and its bound says so: what it never says is miscalibration.</summary>
    [Fact]
    public void What_is_drawn_from_T_owes_nothing()
    {
        AtomSample training = Sample(11, DrawP);
        Ledger ledger = Estimate(Sample(6, (ref Rng rng) => training.AtomsOf((int)(rng.NextDouble() * Units))[0]));
        Assert.Equal(RareShare, ledger.Miscalibration!.Value!.Value, 0.03);
        Assert.Equal(0, ledger.CalibrationBound!.Value!.Value, 0.04);
    }

    [Fact]
    public void Half_of_what_is_common_given_twice_as_often_is_seen_where_parts_differ()
    {
        // Of 400 atoms 200, each twice as often: H's other half stands where G gives nothing.
        Ledger ledger = Estimate(Sample(5, (ref Rng rng) => rng.NextDouble() < RareShare ? FirstRare + (ulong)(rng.NextDouble() * Rare) : (ulong)(rng.NextDouble() * Common / 2)));
        Assert.Equal(0.4, ledger.Miscalibration!.Value!.Value, 0.03);
    }

    [Fact]
    public void Once_is_counted_by_documents_and_left_out_exactly()
    {
        var training = new AtomSample();
        // Atom 1 in two documents, 2 and 3 in one each, 4 twice in one document: of six incidences four.
        training.Add(0, [1, 2]);
        training.Add(1, [1, 3]);
        training.Add(2, [4]);
        training.Add(2, [4]);
        AtomSample other = Sample(7, DrawP, 20);
        Ledger ledger = AtomLedger.Estimate(training, other, other, other, new AtomLedger.Plan("urn", "atom", 2, false, true, 1));
        Assert.Equal(4.0 / 6, ledger.Once!.Value!.Value, 1e-12);
        Assert.Contains("3 documents", ledger.Once.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interval_of_once_is_that_of_samples_made_anew()
    {
        double[] values = new double[60];
        int inside = 0;
        for (int seed = 0; seed < values.Length; seed++)
        {
            Figure once = Estimate(Sample(1, DrawP, 100), 100 * seed).Once!;
            values[seed] = once.Value!.Value;
            // Of what T leaves unseen, which is about the share of the rare.
            inside += once.Low < RareShare && once.High > RareShare ? 1 : 0;
        }
        // 95 % of 60 are 57; fewer than 50 come by chance in one of 10,000 tests.
        Assert.InRange(inside, 50, 60);
        Assert.Equal(RareShare, values.Average(), 0.005);
    }

    [Fact]
    public void One_document_is_no_sample_and_a_codec_learned_nothing()
    {
        var one = new AtomSample();
        one.Add(0, [1, 2, 3]);
        Ledger ledger = Estimate(one);
        Assert.Contains("one half of it is held against the other", ledger.Miscalibration!.Why, StringComparison.Ordinal);
        Assert.Null(ledger.CalibrationBound!.Value);
        Assert.Null(Estimate(Sample(11, DrawP), paired: true).Once);
    }
}
