using Vestige.Compressors;
using Vestige.Specs;

namespace Vestige.Tests.Core.Specs;

public sealed class SpecTests
{
    private static readonly CompressorRow[] s_rows =
    [
        new CompressorRow<int>("jpeg", "a codec", _ => throw new NotSupportedException())
        {
            Options =
            [
                OptionSpec.WholeNumber("q", 1, 100, 75, "quality") with { AlwaysShown = true },
                OptionSpec.Choice("chroma", ["420", "444"], "resolution of colour"),
                OptionSpec.Flag("progressive", "several scans"),
                OptionSpec.Flag("lossless", "no loss") with { Overrides = ["q", "chroma"] },
            ],
        },
        new CompressorRow<int>("oracle", "made to measure", _ => throw new NotSupportedException())
        {
            Options =
            [
                OptionSpec.Number("drop", 0, 1, 0.5m, "share dropped"),
                OptionSpec.Text("note", "", "anything"),
                OptionSpec.WholeNumber("level", -5, 5, 0, "a level"),
            ],
        },
        new CompressorRow<int>("samples", "a folder", _ => throw new NotSupportedException()) { PathLabel = "DIR" },
        new CompressorRow<int>("model", "a file", _ => throw new NotSupportedException())
        {
            PathLabel = "FILE",
            Options = [OptionSpec.Number("temperature", 0, 100, 1, "a temperature")],
        },
        new CompressorRow<int>("parrot", "the look-up table", _ => throw new NotSupportedException()),
    ];

    private static string[] Names(string text) => [.. Spec.Parse(text, s_rows).Select(s => s.Name)];

    [Theory]
    [InlineData("jpeg", "jpeg:q=75")]
    [InlineData("jpeg:q=50", "jpeg:q=50")]
    [InlineData("jpeg:q=075", "jpeg:q=75")]
    [InlineData("jpeg:chroma=444,q=50", "jpeg:q=50,chroma=444")]
    [InlineData("jpeg:q=50,chroma=420,progressive=false", "jpeg:q=50")]
    [InlineData("jpeg:lossless=true,progressive=true", "jpeg:progressive=true,lossless=true")]
    [InlineData("jpeg:q=\"50\"", "jpeg:q=50")]
    [InlineData("oracle:drop=0.50", "oracle")]
    [InlineData("oracle:drop=2.5e-1", "oracle:drop=0.25")]
    [InlineData("oracle:note=\"a, \"\"b\"\"\"", "oracle:note=\"a, \"\"b\"\"\"")]
    [InlineData("oracle:level=-3", "oracle:level=-3")]
    [InlineData("samples:a,b=c:d \"x\"", "samples:a,b=c:d \"x\"")]
    [InlineData("model:a/b c", "model:a/b c")]
    [InlineData("model:a,temperature=0.50", "model:a,temperature=0.5")]
    [InlineData("model:a,temperature=1", "model:a")]
    [InlineData("model:\"a,b\",temperature=2", "model:\"a,b\",temperature=2")]
    [InlineData("parrot", "parrot")]
    public void A_name_is_canonical_and_parses_to_itself(string text, string canonical)
    {
        Assert.Equal([canonical], Names(text));
        Assert.Equal([canonical], Names(canonical));
    }

    [Theory]
    [InlineData("jpeg:q=10..90/20", "10,30,50,70,90")]
    [InlineData("jpeg:q=10..89/20", "10,30,50,70")]
    [InlineData("jpeg:q=1..3", "1,2,3")]
    [InlineData("jpeg:q=7..7", "7")]
    public void A_range_expands(string text, string values) =>
        Assert.Equal(values.Split(',').Select(v => $"jpeg:q={v}"), Names(text));

    [Fact]
    public void Ranges_of_decimals_expand_without_drift() =>
        Assert.Equal(["oracle:drop=0.1", "oracle:drop=0.2", "oracle:drop=0.3"], Names("oracle:drop=0.1..0.3/0.1"));

    [Fact]
    public void Several_ranges_multiply_and_the_last_runs_fastest() => Assert.Equal(
        ["oracle:drop=0,level=-1", "oracle:drop=0,level=1", "oracle:drop=1,level=-1", "oracle:drop=1,level=1"],
        Names("oracle:level=-1..1/2,drop=0..1"));

    [Fact]
    public void Values_come_out_with_their_types()
    {
        Spec jpeg = Spec.Parse("jpeg:q=33,chroma=444,progressive=true", s_rows).Single();
        Assert.Equal((33, "444", true, false), (jpeg.WholeNumber("q"), jpeg.Choice("chroma"), jpeg.Flag("progressive"), jpeg.Flag("lossless")));
        Spec oracle = Spec.Parse("oracle:drop=0.125,note=\"x,y\"", s_rows).Single();
        Assert.Equal((0.125, "x,y", 0), (oracle.Number("drop"), oracle.Text("note"), oracle.WholeNumber("level")));
        Assert.Equal(["a,b", "a,b"], Spec.Parse("model:\"a,b\",temperature=0..1", s_rows).Select(spec => spec.Path));
        Assert.Equal("dir/a b", Spec.Parse("samples:dir/a b", s_rows).Single().Path);
        Assert.Throws<ArgumentException>(() => jpeg.WholeNumber("chroma"));
    }

    [Fact]
    public void Usage_shows_every_range()
    {
        Assert.Equal("jpeg:q=1..100,chroma=420|444,progressive=true|false,lossless=true|false", s_rows.Single(row => row.Name == "jpeg").Usage);
        Assert.Equal(["samples:DIR", "model:FILE,temperature=0..100", "parrot"], s_rows[2..].Select(r => r.Usage));
    }

    [Theory]
    [InlineData("jpge:q=5", "\"jpge:q=5\": there is no compressor \"jpge\". Did you mean jpeg? There are: jpeg, oracle, samples, model, parrot.")]
    [InlineData("", "\"\": there is no compressor \"\". There are: jpeg, oracle, samples, model, parrot.")]
    [InlineData("zstd", "\"zstd\": there is no compressor \"zstd\". There are: jpeg, oracle, samples, model, parrot.")]
    [InlineData("jpeg:quality=5", "no option \"quality\". Did you mean q? It is written jpeg:q=1..100,chroma=420|444,progressive=true|false,lossless=true|false.")]
    [InlineData("jpeg:Q=5", "no option \"Q\". Did you mean q?")]
    [InlineData("jpeg:crhoma=444", "no option \"crhoma\". Did you mean chroma?")]
    [InlineData("jpeg:zzz=1", "no option \"zzz\". It is written")]
    [InlineData("parrot:q=1", "no option \"q\". It has none.")]
    [InlineData("jpeg:q=500", "\"jpeg:q=500\": q=500 is not allowed: q is a whole number, 1..100, or a range of them such as 1..100/24 (quality).")]
    [InlineData("jpeg:q=0", "q=0 is not allowed")]
    [InlineData("jpeg:q=abc", "q=abc is not allowed: q is a whole number, 1..100")]
    [InlineData("jpeg:q=1.5", "q=1.5 is not allowed")]
    [InlineData("jpeg:q=", "q= is not allowed")]
    [InlineData("jpeg:q=99999999999999999999999999999999", "is not allowed")]
    [InlineData("jpeg:q", "q has no value; write q=1..100.")]
    [InlineData("jpeg:", "an option is missing; write jpeg:q=1..100")]
    [InlineData("jpeg:q=5,", "an option is missing")]
    [InlineData("jpeg:q=5,q=6", "q is given twice")]
    [InlineData("jpeg:chroma=422", "chroma=422 is not allowed: chroma is one of 420, 444 (resolution of colour).")]
    [InlineData("jpeg:progressive=yes", "progressive is one of true, false")]
    [InlineData("jpeg:q=90..10", "q=90..10 is an empty range; write the lower end first: 10..90.")]
    [InlineData("jpeg:q=10..500", "q=10..500 is not allowed")]
    [InlineData("jpeg:q=10..90/0", "the step \"0\" is not a whole number above 0")]
    [InlineData("jpeg:q=10..90/x", "the step \"x\"")]
    [InlineData("jpeg:q=10..90/2/3", "is not allowed")]
    [InlineData("jpeg:q=1..2..3", "is not allowed")]
    [InlineData("jpeg:q=\"5", "a double quote is not closed")]
    [InlineData("jpeg:q=5,lossless=true", "q has no effect with lossless=true")]
    [InlineData("oracle:drop=0..1/0.001", "drop=0..1/0.001 stands for more than 1000 values; take a larger step.")]
    [InlineData("oracle:drop=0..1/1e-28", "stands for more than 1000 values")]
    [InlineData("oracle:drop=0..1/0.01,level=-5..5", "the ranges stand for more than 1000 compressors; take larger steps.")]
    [InlineData("samples", "\"samples\": samples needs a path: samples:DIR.")]
    [InlineData("model:", "\"model:\": model needs a path: model:FILE.")]
    [InlineData("model:,temperature=1", "model needs a path")]
    [InlineData("model:a,b", "model has no option \"b\". It is written model:FILE,temperature=0..100.")]
    [InlineData("model:a,temperature=-1", "temperature=-1 is not allowed")]
    public void What_is_wrong_is_said(string text, string expected)
    {
        string message = Assert.Throws<SpecException>(() => Spec.Parse(text, s_rows)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.StartsWith($"\"{text}\": ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_absent_compressor_is_listed_and_not_made()
    {
        var row = new CompressorRow<int>("jxl", "", _ => throw new NotSupportedException()) { WhyAbsent = () => "built without it" };
        var error = Assert.Throws<SpecException>(() => row.Create(Spec.Parse("jxl", [row]).Single()));
        Assert.Equal("\"jxl\": jxl cannot be used here: built without it.", error.Message);
    }

    [Fact]
    public void A_thousand_are_allowed() => Assert.Equal(1000, Names("oracle:drop=0..0.999/0.001").Length);
}
