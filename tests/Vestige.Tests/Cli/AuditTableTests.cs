using Vestige.Cli.Rendering;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Tests.Core;

namespace Vestige.Tests.Cli;

/// <summary>What a person sees of a result that is given.</summary>
public sealed class AuditTableTests
{
    private static string Write(AuditResult result, int width = 110)
    {
        var text = new StringWriter();
        AuditTable.Write(new Output(text, TextWriter.Null, false, width).Tables(), result);
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(.004, false)]
    [InlineData(.02, true)]
    public void A_measure_that_is_nothing_in_every_row_is_a_sentence_and_no_column(double tones, bool column)
    {
        PairedMeasureInfo Share(string name, bool compared) => new(name, name, "share", "What it is.", false, true, compared, 2);
        PairedSummary Found(string name, double value) => new(name, new Figure { Value = value }, new Figure { Value = value }, "a.png", value);
        AuditResult result = Given.Result([.. new[] { 0, tones }.Select((value, i) => Given.Row($"jpeg:q={i}", .3, 0, 0) with
        {
            Paired = new PairedReport(24, [Found("lost", 0), Found("tones", value)]),
        })]) with
        { PairedMeasures = [Share("lost", true), Share("tones", false)] };
        string page = Write(result);
        Assert.Equal(!column, page.Contains("\ntones: .00 in every row.\n", StringComparison.Ordinal));
        // Those by which codecs are compared stand there whatever they are.
        Assert.Matches(column ? "compressor +lost +tones +worst" : "compressor +lost +worst", page);
    }

    [Fact]
    public void A_folder_of_which_nothing_can_be_used_is_not_taken_for_a_world()
    {
        AuditResult result = Given.Result(Given.Row("jpeg:q=10", null, 0, 0));
        string page = Write(result with { Source = result.Source with { Documents = 3, Usable = 0, CurrentBytes = 0, LosslessBytes = 0 } });
        Assert.StartsWith("\nphotos: of 3 documents none can be used\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("known distribution", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_as_a_page()
    {
        Row samples = Given.Row("samples:made", null, -.004, .02, codec: false);
        samples = samples with { Ledgers = [samples.Ledgers[0] with { Memorized = Figure.NotMeasurable("what this was trained on is not known") }] };
        AuditResult result = Given.Result(Given.Row("yardstick", null, .01, -.02, named: false, codec: false), samples,
            Given.Row("jpeg:q=10", .297, .58, .56), Given.Row("jpeg:q=20", .4, .5, .4)) with
        {
            Findings =
            [
                new Finding("question", null, "What is it?") { Part = FindingPart.Answer },
                new Finding("contamination", null, "H holds copies of T.") { Part = FindingPart.Warning },
                new Finding("lost", "jpeg:q=10", "It no longer produces much\u001b."),
                new Finding("choice", null, "No setting that was tried will do.") { Part = FindingPart.Choice },
                new Finding("choice-family", null, "jpeg: none.") { Part = FindingPart.Choice },
            ],
            Differences = [Given.Difference("jpeg:q=10", "jpeg:q=20", .08, .16, RowDifferenceKind.Ladder),
                Given.Difference("jpeg:q=10", "parrot", .58, .56, RowDifferenceKind.Lossless)],
        };
        Assert.Equal("""

            photos: 100 images, 10.0 Mpixels, 2.5 MB as stored today, 12.0 MB without loss; 25 in T, 25 in H, 25 in A, 25
            in B
            ! H holds copies of T.

              compressor     bits/pixel       memorized     generalized       hallucinated             lost
            ─────────────────────────────────────────────────────────────────────────────────────────────────
              yardstick               -   .92 [.91 .93]   .10 [.09 .11]   -.02 [-.03 -.01]    .01 [.00 .02]
              samples:made            -               -   .10 [.09 .11]      .02 [.01 .03]   .00 [-.01 .01]
              jpeg:q=10           0.297   .34 [.33 .35]   .10 [.09 .11]      .56 [.55 .57]    .58 [.57 .59]
              jpeg:q=20           0.400   .50 [.49 .51]   .10 [.09 .11]      .40 [.39 .41]    .50 [.49 .51]
              floor                                 .02             .98                .04              .05

            Shares of textures (view 'texture') with 95 % intervals; a dash is not measurable. floor: what fresh real
            images score before it is taken off.
            For a codec, memorized is what is still its original, and generalized reads: plausible, but not the original.


              difference                        memorized      generalized    hallucinated            lost
            ────────────────────────────────────────────────────────────────────────────────────────────────
              jpeg:q=10 less jpeg:q=20   -.16 [-.18 -.14]   .00 [-.02 .02]   .16 [.14 .18]   .08 [.06 .10]

            Rows of one table share its samples: an interval here leaves the same documents out of both, and is narrower
            than the two apart. Without 0 in it they surely differ.


              compressor    bytes   saved        lossless   encodes Mpixels/s   decodes
            ─────────────────────────────────────────────────────────────────────────────
              jpeg:q=10    1.3 MB    50 %   .10 [.09 .11]                12.3      56.8
              jpeg:q=20    1.3 MB    50 %   .10 [.09 .11]                12.3      56.8

            lossless: bytes over those of the best lossless code, geometric mean over images. Speeds: this run's, a
            thread's.

            - It no longer produces much\u001b.

            No setting that was tried will do.
              jpeg: none.

            Files that could not be used:
              a\nb.png: is empty (0 bytes)
              c.png (jpeg:q=20): cannot be coded

            """, Write(result));
    }

    [Fact]
    public void Shares_of_one_and_more_keep_their_digits()
    {
        Row row = Given.Row("jpeg:q=10", 1, 10.25, -1.004, halfWidth: null);
        string page = Write(Given.Result(row));
        Assert.Contains("10.25", page, StringComparison.Ordinal);
        Assert.Contains(" -1.00", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(160)]
    [InlineData(100)]
    [InlineData(60)]
    public void Every_row_is_readable_at_every_width(int width)
    {
        const string name = "transformer:layers=2,width=128,context=48,dropout=0.1,top_p=0.7";
        Row row = Given.Row(name, 1, .2, -.31, codec: false);
        row = row with { Ledgers = [row.Ledgers[0] with { InTraining = Given.Figure(.32), AtMost = Given.Figure(.55) }] };
        string page = Write(Given.Result(Given.Row("yardstick", null, .01, -.02, named: false, codec: false), row), width);
        string[] table = [.. page.Split('\n').SkipWhile(line => !line.Contains('\u2500', StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("Shares", StringComparison.Ordinal))];
        // No figure and no option is cut in two.
        foreach (string piece in new[] { "-.31", "[-.32 -.30]", ".55", ".32", ".20", "[.19 .21]", "dropout=0.1," })
            Assert.Contains(table, line => line.Contains(piece, StringComparison.Ordinal));
        Assert.All(table, line => Assert.True(line.Length <= Math.Max(width, 100), line));
    }
}
