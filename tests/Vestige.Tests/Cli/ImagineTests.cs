using Vestige.Images;
using Vestige.Images.Inspections;
using Vestige.Images.Sources;
using Vestige.Tests.Images;
using Vestige.Tests.Images.Imagining;

namespace Vestige.Tests.Cli;

/// <summary>Decoders that imagine, as a person meets them: a prior from photographs, one file looked at, rows of an audit.</summary>
public sealed class ImagineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ImagineTests()
    {
        for (ulong i = 0; i < 12; i++) _folder.Write(Path.Combine("photos", $"{i}.png"), TestImages.Save(Gallery.Paint(64, 64, i + 1), "png"));
    }

    public void Dispose() => _folder.Dispose();

    private string Beside(string name) => Path.Combine(_folder.Path, name);

    private string Prior()
    {
        CliRun run = CliRun.Of("train", Beside("photos"), "prior", "--out", Beside("photos.prior"));
        Assert.Equal((0, ""), (run.Status, run.Messages));
        Assert.Matches("(?m)^sha256 [0-9a-f]{64}$", run.Out);
        return Beside("photos.prior");
    }

    [Fact]
    public void A_file_alone_is_imagined_into_pictures_and_a_map()
    {
        string prior = Prior(), jpeg = _folder.Write("one.jpg", TestImages.Save(Gallery.Paint(70, 50, 30), "jpg"));
        CliRun run = CliRun.Of("inspect", jpeg, "--imagine", "--prior", prior, "--samples", "3", "--out", Beside("out"));
        Assert.Equal((0, ""), (run.Status, run.Messages));
        Assert.Contains("3 draws differ by", run.Out, StringComparison.Ordinal);
        InspectionImagined imagined = InspectionJson.FromUtf8(File.ReadAllBytes(Path.Combine(Beside("out"), "results.json"))).Imagined!;
        Assert.Equal(["mean.png", "sample-01.png", "sample-02.png", "sample-03.png", "undetermined.png"], imagined.Files);
        foreach (string name in imagined.Files)
        {
            Picture picture = PictureReader.Decode(File.ReadAllBytes(Path.Combine(Beside("out"), name)), 1_000_000, []);
            Assert.Equal((70, 50), (picture.Width, picture.Height));
        }
        Assert.InRange(imagined.Figures.Spread, 0.1, 20);
    }

    [Fact]
    public void Decoders_are_rows_of_one_table()
    {
        CliRun run = CliRun.Of("audit", Beside("photos"), "jpeg:q=10", "jpeg:q=10,decode=mean", "jpeg:q=10,decode=sample", "box:scale=2,decode=sample",
            "--json", Beside("result.json"));
        Assert.Equal(0, run.Status);
        foreach (string row in new[] { "jpeg:q=10,decode=mean", "jpeg:q=10,decode=sample", "box:scale=2,decode=sample" }) Assert.Contains(row, run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "needs --prior FILE", "one.jpg", "--imagine", "--out", "out")]
    [InlineData(2, "give --out DIR", "one.jpg", "--imagine", "--prior", "none")]
    [InlineData(2, "leave out what it is to be compared with", "one.jpg", "one.jpg", "--imagine", "--prior", "none", "--out", "out")]
    [InlineData(2, "is for --imagine", "one.jpg", "--prior", "none")]
    [InlineData(2, "is a folder", "photos", "photos", "--imagine", "--prior", "none", "--out", "out")]
    [InlineData(2, "2 to 64", "one.jpg", "--imagine", "--samples", "1")]
    [InlineData(3, "is no prior", "one.jpg", "--imagine", "--prior", "one.jpg", "--out", "out")]
    [InlineData(3, "cannot be read", "one.jpg", "--imagine", "--prior", "nowhere", "--out", "out")]
    [InlineData(2, "is no JPEG", "one.png", "--imagine", "--prior", "one.jpg", "--out", "out")]
    [InlineData(2, "give prior=FILE", "one.png", "jpeg:decode=mean")]
    public void What_is_wrong_is_said_with_the_next_step(int status, string words, params string[] arguments)
    {
        _folder.Write("one.jpg", TestImages.Save(Gallery.Paint(32, 32, 30), "jpg"));
        _folder.Write("one.png", TestImages.Save(Gallery.Paint(32, 32, 30), "png"));
        string[] names = ["one.jpg", "one.png", "photos", "out", "none", "nowhere"];
        CliRun run = CliRun.Of(["inspect", .. arguments.Select(a => names.Contains(a) ? Beside(a) : a)]);
        Assert.Equal(status, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "holds no images", "empty")]
    [InlineData(3, "nowhere", "nowhere")]
    public void A_prior_of_nothing_is_refused(int status, string words, string source)
    {
        Directory.CreateDirectory(Beside("empty"));
        CliRun run = CliRun.Of("train", Beside(source), "prior", "--out", Beside("x.prior"));
        Assert.Equal(status, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Beside("x.prior")));
    }
}
