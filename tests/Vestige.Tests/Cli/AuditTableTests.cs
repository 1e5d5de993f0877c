using Vestige.Cli.Rendering;
using Vestige.Results;
using Vestige.Tests.Core;

namespace Vestige.Tests.Cli;

/// <summary>What a person sees of a result that is given.</summary>
public sealed class AuditTableTests
{
    private static string Write(AuditResult result)
    {
        var text = new StringWriter();
        AuditTable.Write(new Output(text, TextWriter.Null, false, 110).Tables(), result);
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public void A_result_as_a_page()
    {
        Row samples = Given.Row("samples:made", null, -.004, .02, codec: false);
        samples = samples with { Ledgers = [samples.Ledgers[0] with { Memorized = Figure.NotMeasurable("what this was trained on is not known") }] };
        AuditResult result = Given.Result(Given.Row("yardstick", null, .01, -.02, named: false, codec: false), samples, Given.Row("jpeg:q=10", .297, .58, .56)) with
        {
            Choice = new Choice(.02, [new CodecChoice("jpeg", null, null, null, null, "not jpeg:q=10")], null, false, "No setting that was tried will do."),
        };
        Assert.Equal("""

            photos: 100 images, 10.0 Mpixels, 2.5 MB as stored today, 12.0 MB without loss; 25 in each of T, H, A and B

              compressor     bits/pixel             lost       memorized     generalized       hallucinated
            ─────────────────────────────────────────────────────────────────────────────────────────────────
              yardstick               -    .01 [.00 .02]   .92 [.91 .93]   .10 [.09 .11]   -.02 [-.03 -.01]
              samples:made            -   .00 [-.01 .01]               -   .10 [.09 .11]      .02 [.01 .03]
              jpeg:q=10           0.297    .58 [.57 .59]   .34 [.33 .35]   .10 [.09 .11]      .56 [.55 .57]
              floor                                  .05             .02             .98                .04

            Shares of the view 'texture' with 95 % intervals; a dash is not measurable. floor: what fresh real images
            score before it is taken off.
            For a codec, memorized is what is still its original, and generalized reads: plausible, but not the original.
            Note: what this was trained on is not known.


              compressor    bytes   saved        lossless   encodes Mpixels/s   decodes
            ─────────────────────────────────────────────────────────────────────────────
              jpeg:q=10    1.3 MB    50 %   .10 [.09 .11]                12.3      56.8

            lossless: bytes over those of the best lossless code, geometric mean over images. Speeds: this run's, a
            thread's.

            - It no longer produces much.

            No setting that was tried will do.
              jpeg: not jpeg:q=10

            Files that could not be used:
              a\nb.png: is empty (0 bytes)
              c.png (jpeg:q=10): cannot be coded

            """, Write(result));
    }

    [Fact]
    public void Shares_of_one_and_more_keep_their_digits()
    {
        Row row = Given.Row("jpeg:q=10", 1, 10.25, -1.004, halfWidth: null);
        string page = Write(Given.Result(row));
        Assert.Contains(" 10.25 ", page, StringComparison.Ordinal);
        Assert.Contains(" -1.00", page, StringComparison.Ordinal);
    }
}
