using Vestige.Compressors;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Tests.Core.Audits.Rates;

/// <summary>Bits of rows whose sizes are known: a point has 2 coordinates, 10 bytes as stored, 8 without loss.</summary>
public sealed class BitsTests
{
    private const int Count = 64;

    private static AuditResult Run(params ICompressor<float[]>[] compressors) => PlaneAudit.Run(new Points(Count), compressors);

    [Fact]
    public void Rate_savings_and_ratio_are_those_of_the_sizes()
    {
        AuditResult result = Run(new Rounding("half", 1, bytes: 4));
        Bits bits = result.RowOf("half").Bits;
        Assert.Equal(16, bits.Rate.Value);
        Assert.Equal(0.6, bits.Saving!.Value!.Value, 12);
        Assert.Equal(0.5, bits.SavingLossless!.Value);
        Assert.Equal(0.5, bits.RatioToLossless!.Value!.Value, 12);
        Assert.Equal(4 * Count, bits.CodedBytes);
        Assert.Equal(8 * Count, result.Source.LosslessBytes);
        Assert.Equal(10 * Count, result.Source.CurrentBytes);
        Assert.Equal((double)Count * 2 * 32 / 8, result.Source.RawBytes);
    }

    [Fact]
    public void The_ratio_to_lossless_is_a_geometric_mean_over_documents()
    {
        // Half the documents take 2 bytes and half 32: ratios 1/4 and 4, whose geometric mean is 1, while the bytes are twice as many.
        AuditResult result = Run(new Uneven());
        Bits bits = result.RowOf("uneven").Bits;
        double quarter = Uneven.Small(result, Count) / (double)Count;
        Assert.Equal(Math.Exp(((1 - (2 * quarter)) * Math.Log(4))), bits.RatioToLossless!.Value!.Value, 9);
        Assert.True(bits.RatioToLossless.Low < bits.RatioToLossless.Value && bits.RatioToLossless.Value < bits.RatioToLossless.High);
        Assert.True(bits.SavingLossless!.Value < 0);
        Assert.True(bits.SavingLossless.Low < bits.SavingLossless.Value && bits.SavingLossless.Value < bits.SavingLossless.High);
    }

    [Fact]
    public void The_parrot_is_the_lossless_code_and_the_yardstick_stores_nothing()
    {
        AuditResult result = Run();
        Assert.Equal(1, result.RowOf("parrot").Bits.RatioToLossless!.Value);
        Assert.Equal(0, result.RowOf("parrot").Bits.SavingLossless!.Value);
        Assert.False(result.RowOf("yardstick").Bits.Rate.IsMeasured);
    }

    [Fact]
    public void What_a_codec_could_not_take_is_in_none_of_its_figures()
    {
        AuditResult result = Run(new Rounding("limited", 1, bytes: 4, limit: 0));
        Bits bits = result.RowOf("limited").Bits;
        Assert.InRange(bits.Failures, 1, Count - 1);
        Assert.Equal(bits.Failures, result.Problems.Count(p => p.Row == "limited"));
        Assert.Equal(16, bits.Rate.Value);
        Assert.Equal(0.6, bits.Saving!.Value!.Value, 12);
        Assert.Contains(result.Findings, f => f.Id == "failures" && f.Row == "limited");
    }

    [Fact]
    public void A_codec_that_takes_nothing_has_no_figures_and_says_so()
    {
        Row row = Run(new Rounding("none", 1, bytes: 4, limit: -100)).RowOf("none");
        Assert.Equal(Count, row.Bits.Failures);
        Assert.False(row.Bits.Rate.IsMeasured);
        Assert.Empty(row.Ledgers);
        Assert.Contains("0 documents to look at; a ledger needs 4", row.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_that_were_altered_are_not_held_against_the_files()
    {
        AuditResult result = PlaneAudit.Run(new Points(Count), [new Rounding("half", 1, 4)], settings: PlaneAudit.Settings with { Altered = "reduced to 1/2" });
        Figure saving = result.RowOf("half").Bits.Saving!;
        Assert.False(saving.IsMeasured);
        Assert.Contains("reduced to 1/2", saving.Why, StringComparison.Ordinal);
        Assert.Equal(0.5, result.RowOf("half").Bits.SavingLossless!.Value);
    }

    [Fact]
    public void Speed_is_size_over_time_and_stands_apart()
    {
        Speed speed = Run(new Rounding("half", 1, 4)).Speed.Single(s => s.Row == "half");
        // 2 coordinates in half a second to encode and a quarter to decode.
        Assert.Equal(4e-6, speed.Encode!.Value, 12);
        Assert.Equal(8e-6, speed.Decode!.Value, 12);
    }

    [Fact]
    public void Too_few_documents_have_rates_and_are_told_how_many_are_needed()
    {
        AuditResult result = PlaneAudit.Run(new Points(15), [new Rounding("half", 1, 4)]);
        Assert.Equal(16, result.RowOf("half").Bits.Rate.Value);
        Assert.All(result.Rows, row => Assert.Empty(row.Ledgers));
        Finding finding = Assert.Single(result.Findings, f => f.Id == "no-ledger");
        Assert.Contains("16 usable points are needed (32 for intervals)", finding.Text, StringComparison.Ordinal);
        Assert.Null(result.Choice);
    }

    /// <summary>2 bytes for points on the left, 32 for those on the right.</summary>
    private sealed class Uneven : ICompressor<float[]>, ICodec<float[]>
    {
        public string Name => "uneven";

        public long? DescriptionBytes => null;

        public ICompressed<float[]> Compress(Training<float[]> training, IProgress<WorkProgress>? progress, CancellationToken cancel) => this;

        public Coded<float[]> Code(float[] item) => new(item[0] < 0 ? 2 : 32, [0, 0], 1, 1);

        internal static int Small(AuditResult result, int count) => (int)(((32L * count) - result.RowOf("uneven").Bits.CodedBytes!.Value) / 30);
    }
}
