using System.Globalization;
using System.Text;
using Vestige.Cli.Runs;
using Vestige.Images.Paired;
using Vestige.Results;

namespace Vestige.Tests.Cli.Report;

/// <summary>The page and the table of documents that an audit leaves in the folder of --out.</summary>
public sealed class ReportCommandTests
{
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
        Assert.Equal(new PicturePairing().Measures.Select(m => m.Name), head[8..]);
        // 17 documents by the parrot and jpeg, a header, and what is behind the last line's end.
        Assert.Equal((2 * 17) + 2, lines.Length);
        string[][] jpeg = [.. lines.Where(line => line.Contains(",jpeg:q=50,", StringComparison.Ordinal) && !line.Contains('"')).Select(line => line.Split(','))];
        Assert.Equal(result.Rows.Single(row => row.Name == "jpeg:q=50").Bits.CodedBytes, jpeg.Sum(fields => long.Parse(fields[5], CultureInfo.InvariantCulture)));
        PairedReport paired = result.Rows.Single(row => row.Name == "jpeg:q=50").Paired!;
        foreach (string name in head[8..].Except(["psnr"]))
        {
            double[] values = [.. jpeg.Select(fields => double.Parse(fields[Array.IndexOf(head, name)], CultureInfo.InvariantCulture))];
            // Six digits are written.
            Assert.Equal(paired.Of(name)!.Mean.Value!.Value, values.Average(), 1e-6);
        }
        double[] errors = [.. jpeg.Select(fields => Math.Pow(10, -double.Parse(fields[Array.IndexOf(head, "psnr")], CultureInfo.InvariantCulture) / 10))];
        Assert.Equal(paired.Of("psnr")!.Mean.Value!.Value, -10 * Math.Log10(errors.Average()), 1e-5);
        Assert.All("THAB", sample => Assert.Equal(4, jpeg.Count(fields => fields[2] == sample.ToString())));
        Assert.StartsWith($"{photos.Source},\"a, \"\"b\"\".png\",", lines.First(line => line.Contains("\"\"", StringComparison.Ordinal)), StringComparison.Ordinal);

        byte[] page = File.ReadAllBytes(Path.Combine(folder, "index.html"));
        Assert.InRange(page.Length, 100_000, 5_000_000);
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
    public void Lines_of_items_keep_names_and_numbers_apart()
    {
        using var stream = new MemoryStream();
        ItemsFile.Write(stream, "s", [new ItemFigure("a\r\nb", "T", "jpeg:q=50", 1000, 125, null), new ItemFigure("c", "-", "x,y", 1000, null, "too \"large\""),
            new ItemFigure("d", "H", "jpeg:q=50", 1000, 125, null) { Paired = new Dictionary<string, double> { ["lost"] = 0.25, ["ssimulacra2"] = -1.5 } }]);
        string none = new(',', new PicturePairing().Measures.Count);
        Assert.Equal($"s,\"a\r\nb\",T,jpeg:q=50,1000,125,1,{none}\r\ns,c,-,\"x,y\",1000,,,\"too \"\"large\"\"\"{none}\r\n"
            + $"s,d,H,jpeg:q=50,1000,125,1,,-1.5,,0.25{none[3..]}\r\n",
            Encoding.UTF8.GetString(stream.ToArray()));
    }
}
