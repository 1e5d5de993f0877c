using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Tests.Core;

/// <summary>Results whose figures a test gives.</summary>
internal static class Given
{
    internal static readonly SourceInfo Source = new()
    {
        Name = "photos",
        Items = "images",
        SizeUnit = "pixel",
        Documents = 100,
        Usable = 100,
        Units = 100,
        Copies = 0,
        Deal = new DealInfo(new SampleInfo(25, 25), new SampleInfo(25, 25), new SampleInfo(25, 25), new SampleInfo(25, 25)) { By = "document", LeftOut = 0, LeftOutShare = 0 },
        Size = 10_000_000,
        CurrentBytes = 2_500_000,
        RawBytes = 30_000_000,
        LosslessBytes = 12_000_000,
    };

    internal static Figure Figure(double value, double? halfWidth = .01, double? floor = .05) => new()
    {
        Value = value,
        Low = value - halfWidth,
        High = value + halfWidth,
        Floor = floor,
    };

    internal static Row Row(string name, double? rate, double lost, double hallucinated, bool named = true, bool codec = true, double? halfWidth = .01) => new()
    {
        Name = name,
        Family = name.Split(':')[0],
        Kind = named ? RowKind.Named : codec ? RowKind.Parrot : RowKind.Yardstick,
        IsCodec = codec,
        Bits = new Bits
        {
            Rate = rate is { } bits ? Figure(bits, .1, null) : Vestige.Figures.Figure.NotMeasurable("this row stores nothing of its own"),
            Saving = codec ? Figure(.5, .01, null) : null,
            SavingLossless = codec ? Figure(.9, .01, null) : null,
            RatioToLossless = codec ? Figure(.1, .01, null) : null,
            CodedBytes = codec ? 1_250_000 : null,
        },
        Ledgers =
        [
            new Ledger
            {
                View = "texture",
                Element = "texture",
                Sizes = new SampleSizes(25, 25, 25, 25, 25, 5, 600, 1),
                Lost = Figure(lost, halfWidth),
                Kept = Figure(1 - lost, halfWidth, .95),
                Memorized = Figure(.9 - hallucinated, halfWidth, .02),
                Generalized = Figure(.1, halfWidth, .98),
                Hallucinated = Figure(hallucinated, halfWidth, .04),
            },
        ],
    };

    /// <summary>What reconstructions are beside their originals, of 100 documents.</summary>
    internal static PairedReport Paired(params (string Name, double Mean, double HalfWidth, double Worst)[] measures) => new(100,
        [.. measures.Select(m => new PairedSummary(m.Name, Figure(m.Mean, m.HalfWidth, null), Figure(m.Worst, m.HalfWidth, null), "worst.png", m.Worst))]);

    /// <summary>A difference of two rows, each of its figures +-.02.</summary>
    internal static RowDifference Difference(string row, string less, double lost, double hallucinated, RowDifferenceKind kind = RowDifferenceKind.Named) =>
        new(row, less, "texture", kind)
        {
            Lost = Figure(lost, .02, null),
            Memorized = Figure(-hallucinated, .02, null),
            Generalized = Figure(0, .02, null),
            Hallucinated = Figure(hallucinated, .02, null),
        };

    internal static AuditResult Result(params Row[] rows) => new()
    {
        Run = new RunInfo("0.1.0", "vestige audit photos", 1, 2000, new Dictionary<string, string> { ["jpeg"] = "libvips 8.14.1" }),
        Source = Source,
        Rows = rows,
        Findings = [new Finding("lost", rows[^1].Name, "It no longer produces much.")],
        Problems = [new Problem("a\nb.png", null, "is empty (0 bytes)"), new Problem("c.png", rows[^1].Name, "cannot be coded")],
        Speed = [.. rows.Where(r => r.IsCodec).Select(r => new Speed(r.Name, 12.34, 56.78))],
    };
}
