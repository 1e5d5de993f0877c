using System.Globalization;
using System.Text;
using System.Text.Json;
using Vestige.Cli.Report;
using Vestige.Cli.Runs;
using Vestige.Images.Paired;
using Vestige.Language.Paired;
using Vestige.Results;
using Vestige.Results.Json;
using Vestige.Tests.Core;

namespace Vestige.Tests.Cli.Report;

/// <summary>The page and the table of documents that an audit leaves in the folder of --out.</summary>
public sealed class ReportCommandTests
{
    // Of every kind of items: pictures, then texts.
    // Columns behind the measures.
    private static readonly string[] s_last = ["near_copy_of", "similarity", "code_length", "bits_memorized"];

    private static readonly string[] s_measures = [.. new PicturePairing().Measures.Concat(new TextPairing().Measures).Select(measure => measure.Name)];

    [Fact]
    public void An_audit_leaves_a_page_and_the_figures_of_single_documents()
    {
        using var photos = new Photos(16);
        photos.Add("a, \"b\".png", [1, 2, 3]);
        string folder = photos.Beside("out");
        CliRun run = CliRun.Of("audit", photos.Source, "jpeg:q=50", "--out", folder);
        Assert.Equal(0, run.Status);
        Assert.Contains(Path.Combine(folder, "index.html"), run.Error, StringComparison.Ordinal);

        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(Path.Combine(folder, "results.json")));
        string[] lines = File.ReadAllText(Path.Combine(folder, "items.csv")).Split("\r\n");
        string[] head = lines[0].Split(',');
        Assert.Equal(["source", "document", "sample", "compressor", "size", "bytes", "bits_per_unit", "failure"], head[..8]);
        // Of every paired measure there is a column, and its mean is the result's.
        Assert.Equal([.. s_measures, .. s_last], head[8..]);
        // 17 documents by the parrot and jpeg, what was searched for near-copies, a header, and what is behind the last line's end.
        Assert.Equal(2 * 17, lines.Count(line => line.Contains(",jpeg:q=50,", StringComparison.Ordinal) || line.Contains(",parrot,", StringComparison.Ordinal)));
        Assert.Equal("", lines[^1]);
        string[][] jpeg = [.. lines.Where(line => line.Contains(",jpeg:q=50,", StringComparison.Ordinal) && !line.Contains('"')).Select(line => line.Split(','))];
        Assert.Equal(result.Rows.Single(row => row.Name == "jpeg:q=50").Bits.CodedBytes, jpeg.Sum(fields => long.Parse(fields[5], CultureInfo.InvariantCulture)));
        PairedReport paired = result.Rows.Single(row => row.Name == "jpeg:q=50").Paired!;
        foreach (string name in head[8..].Except([.. new TextPairing().Measures.Select(m => m.Name), "psnr", .. s_last]))
        {
            double[] values = [.. jpeg.Select(fields => double.Parse(fields[Array.IndexOf(head, name)], CultureInfo.InvariantCulture))];
            // Six digits are written.
            Assert.Equal(paired.Of(name)!.Mean.Value!.Value, values.Average(), 1e-6);
        }
        double[] errors = [.. jpeg.Select(fields => Math.Pow(10, -double.Parse(fields[Array.IndexOf(head, "psnr")], CultureInfo.InvariantCulture) / 10))];
        Assert.Equal(paired.Of("psnr")!.Mean.Value!.Value, -10 * Math.Log10(errors.Average()), 1e-5);
        // 17 documents in four samples: the first takes what is left over.
        Assert.All("THAB", sample => Assert.Equal(sample == 'T' ? 5 : 4, lines.Count(line => line.Contains($",{sample},jpeg:q=50,", StringComparison.Ordinal))));
        Assert.StartsWith($"{photos.Source},\"a, \"\"b\"\".png\",", lines.First(line => line.Contains("\"\"", StringComparison.Ordinal)), StringComparison.Ordinal);

        byte[] page = File.ReadAllBytes(Path.Combine(folder, "index.html"));
        Assert.InRange(page.Length, 100_000, 2_000_000);
        Assert.DoesNotContain("VESTIGE-DATA", Encoding.UTF8.GetString(page), StringComparison.Ordinal);
        File.Delete(Path.Combine(folder, "index.html"));
        CliRun again = CliRun.Of("report", folder);
        Assert.Equal((0, Path.Combine(folder, "index.html") + "\n"), (again.Status, again.Out));
        Assert.Equal(page, File.ReadAllBytes(Path.Combine(folder, "index.html")));
    }

    [Fact]
    public void A_folder_without_a_result_is_refused()
    {
        using var photos = new Photos(1);
        CliRun run = CliRun.Of("report", photos.Source);
        Assert.Equal(3, run.Status);
        Assert.Contains("holds no results.json", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, CliRun.Of("report", photos.Beside("none")).Status);
    }

    [Fact]
    public void A_result_from_anywhere_leads_nowhere_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs links and pipes");
        using var folder = new Vestige.Tests.Images.TempFolder();
        byte[] secret = Vestige.Tests.Images.TestImages.Save(Vestige.Tests.Images.TestImages.Photo(32, 32, 1), "png");
        folder.Write("secret/a.png", secret);
        folder.Write("run/good.png", secret);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "run/link.png"), Path.Combine(folder.Path, "secret/a.png"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "run/linked"), Path.Combine(folder.Path, "secret"));
        System.Diagnostics.Process.Start("mkfifo", [Path.Combine(folder.Path, "run/pipe.png")]).WaitForExit();
        string[] paths = ["good.png", "link.png", "linked/a.png", "pipe.png", "../secret/a.png", "javascript:alert(1)", "https://evil.example/x",
            "//evil.example/x", "file:///etc/passwd", "..\\secret\\a.png"];
        AuditResult result = Given.Result(Given.Row("jpeg:q=50", 1, .2, .3)) with
        {
            Exhibits = [.. paths.Select(path => new Exhibit("jpeg:q=50", "worst", "A caption.", [new ExhibitFile("tiles", path)]))],
        };
        folder.Write("run/results.json", ResultJson.ToUtf8(result));
        using JsonDocument page = JsonDocument.Parse(new PageData(ReportFolder.Open(Path.Combine(folder.Path, "run")),
            (files, _, _) => new FittedPictures(files, "image/png", 32, 32, null), _ => { }).ToJson(1_000_000));
        JsonElement audit = page.RootElement.GetProperty("audits")[0];
        Assert.Equal(["good.png"], audit.GetProperty("pictures").EnumerateObject().Select(picture => picture.Name));
        string[] linked = [.. audit.GetProperty("result").GetProperty("exhibits").EnumerateArray().SelectMany(exhibit => exhibit.GetProperty("files").EnumerateArray())
            .Select(file => file.GetProperty("path").GetString()!)];
        // What has a colon in it may be a file's name: the page writes ./ before it.
        Assert.Equal(["good.png", "link.png", "linked/a.png", "pipe.png", "javascript:alert(1)"], linked);
        Assert.Contains("\"./\" + encodeURI", File.ReadAllText(Path.Combine(Repository.Root, "report", "src", "sections", "viewer.ts")), StringComparison.Ordinal);

        // The result itself is no link and no pipe either.
        Directory.CreateDirectory(Path.Combine(folder.Path, "other"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "other/results.json"), Path.Combine(folder.Path, "run/results.json"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "other/run"), Path.Combine(folder.Path, "run"));
        CliRun run = CliRun.Of("report", Path.Combine(folder.Path, "other"));
        Assert.Equal((3, true), (run.Status, run.Error.Contains("holds no results.json (links are not followed)", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{\"results\":[],\"comparison\":\"\"}")]
    [InlineData("null")]
    [InlineData("{\"comparison\":7}")]
    public void A_file_that_is_no_result_is_refused_by_name(string json)
    {
        using var folder = new Vestige.Tests.Images.TempFolder();
        string file = folder.Write("results.json", Encoding.UTF8.GetBytes(json));
        CliRun run = CliRun.Of("report", folder.Path);
        Assert.Equal((3, true), (run.Status, run.Error.Contains($"{file} is no result that this version can read", StringComparison.Ordinal)));
    }

    [Fact]
    public void Names_that_a_spreadsheet_would_compute_are_shown_instead()
    {
        using var stream = new MemoryStream();
        ItemsFile.Write(stream, "=1+1", [new ItemFigure("@SUM(A1)", "T", "jpeg", 1000, null, "-2+3,|cmd"), new ItemFigure("a-b", "T", "jpeg", 1000, null, null)]);
        string none = new(',', s_measures.Length + s_last.Length);
        Assert.Equal($"'=1+1,'@SUM(A1),T,jpeg,1000,,,\"'-2+3,|cmd\"{none}\r\n'=1+1,a-b,T,jpeg,1000,,,{none}\r\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Lines_of_items_keep_names_and_numbers_apart()
    {
        using var stream = new MemoryStream();
        ItemsFile.Write(stream, "s", [new ItemFigure("a\r\nb", "T", "jpeg:q=50", 1000, 125, null), new ItemFigure("c", "-", "x,y", 1000, null, "too \"large\""),
            new ItemFigure("d", "H", "jpeg:q=50", 1000, 125, null) { Paired = new Dictionary<string, double> { ["lost"] = 0.25, ["ssimulacra2"] = -1.5 } }]);
        string none = new(',', s_measures.Length), behind = new(',', s_last.Length);
        string measured = string.Join(',', s_measures.Select(name => name == "lost" ? "0.25" : name == "ssimulacra2" ? "-1.5" : ""));
        Assert.Equal($"s,\"a\r\nb\",T,jpeg:q=50,1000,125,1,{none}{behind}\r\ns,c,-,\"x,y\",1000,,,\"too \"\"large\"\"\"{none}{behind}\r\n"
            + $"s,d,H,jpeg:q=50,1000,125,1,,{measured}{behind}\r\n",
            Encoding.UTF8.GetString(stream.ToArray()));
    }
}
