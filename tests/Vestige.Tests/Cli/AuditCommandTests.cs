using Vestige.Results;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli;

/// <summary><c>vestige audit</c> as a person meets it: what it refuses, and what it makes of a folder with everything wrong in it.</summary>
public sealed class AuditCommandTests
{
    /// <summary>Small photographs, enough for a ledger with intervals.</summary>
    internal static void Fill(string folder, int count)
    {
        for (int i = 0; i < count; i++)
            File.WriteAllBytes(Path.Combine(folder, $"photo {i:d2}.png"), TestImages.Save(TestImages.Photo(72, 56, (ulong)i + 1), "png"));
    }

    [Fact]
    public void A_folder_of_photographs_gives_a_table_findings_and_a_result_that_reads_back()
    {
        using var folder = new TempFolder();
        Fill(folder.Path, 40);
        string json = Path.Combine(folder.Path, "result.json");
        (int status, string results, string messages) = CommandLine.Run("audit", folder.Path, "jpeg:q=5..95/90", "nearest:scale=4", "--json", json);
        Assert.True(status == 0, messages);
        foreach (string word in new[] { "yardstick", "parrot", "jpeg:q=5", "jpeg:q=95", "nearest:scale=4", "floor", "lost", "hallucinated" })
            Assert.Contains(word, results, StringComparison.Ordinal);
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(json));
        Assert.Equal(ResultJson.ToUtf8(result), File.ReadAllBytes(json));
        Assert.Equal(["yardstick", "parrot", "jpeg:q=5", "jpeg:q=95", "nearest:scale=4"], result.Rows.Select(r => r.Name));
        Assert.All(result.Rows, row =>
        {
            Ledger ledger = row.Ledgers[0];
            Assert.Equal(1, ledger.Memorized.Value!.Value + ledger.Generalized.Value!.Value + ledger.Hallucinated.Value!.Value, 1e-9);
            Assert.Equal(1, ledger.Lost.Value!.Value + ledger.Kept.Value!.Value, 1e-9);
        });
        Row coarse = result.Rows[2], fine = result.Rows[3];
        Assert.True(coarse.Bits.Rate.Value < fine.Bits.Rate.Value);
        Assert.True(coarse.Ledgers[0].Hallucinated.Value > fine.Ledgers[0].Hallucinated.Value);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_named_and_the_rest_goes_on()
    {
        using var folder = new TempFolder();
        Fill(folder.Path, 18);
        byte[] jpeg = TestImages.Save(TestImages.Photo(64, 64), "jpg"), png = TestImages.Save(TestImages.Photo(32, 32), "png");
        var bad = new Dictionary<string, byte[]>
        {
            ["truncated.jpg"] = jpeg[..(jpeg.Length / 2)],
            ["wrong crc.png"] = TestImages.WithWrongChecksum(png),
            ["text.png"] = "no image"u8.ToArray(),
            ["huge.png"] = TestImages.ZeroPng(30_000, 30_000),
            ["empty.webp"] = [],
            ["new\nline \"quoted\" 'and' ünï 日本.jpg"] = [1, 2, 3],
        };
        foreach ((string name, byte[] bytes) in bad) File.WriteAllBytes(Path.Combine(folder.Path, name), bytes);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "broken.jpg"), "nowhere.jpg");
        File.WriteAllBytes(Path.Combine(folder.Path, "one pixel.png"), TestImages.Save(TestImages.Photo(1, 1), "png"));

        (int status, string results, string messages) = CommandLine.Run("audit", folder.Path, "jpeg:q=50");
        Assert.True(status == 0, messages);
        foreach (string name in bad.Keys.Append("broken.jpg"))
            Assert.Contains(name.Replace("\n", "\\n", StringComparison.Ordinal), results, StringComparison.Ordinal);
        Assert.DoesNotContain("one pixel.png", results, StringComparison.Ordinal);
        Assert.Contains("19 images", results, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_images_still_give_rates_and_say_how_many_are_needed()
    {
        using var folder = new TempFolder();
        Fill(folder.Path, 5);
        (int status, string results, string messages) = CommandLine.Run("audit", folder.Path, "jpeg:q=50");
        Assert.True(status == 0, messages);
        Assert.Contains("16 usable images are needed", results, StringComparison.Ordinal);
        Assert.Matches(@"jpeg:q=50\s+\d\.\d{3}\s+-", results);
    }

    [Fact]
    public void An_empty_folder_and_a_missing_one_end_with_status_3()
    {
        using var folder = new TempFolder();
        (int status, _, string messages) = CommandLine.Run("audit", folder.Path, "jpeg");
        Assert.Equal(3, status);
        Assert.Contains("holds no images", messages, StringComparison.Ordinal);
        Assert.Equal(3, CommandLine.Run("audit", Path.Combine(folder.Path, "missing"), "jpeg").Status);
    }

    [Theory]
    [InlineData("jpg:q=30", "Did you mean jpeg?")]
    [InlineData("jpeg:quality=30", "q")]
    [InlineData("jpeg:q=500", "1..100")]
    [InlineData("jpeg:q=abc", "1..100")]
    [InlineData("nearest:scale=1", "2..64")]
    public void A_wrong_compressor_ends_with_status_2_and_what_would_be_right(string spec, string hint)
    {
        using var folder = new TempFolder();
        Fill(folder.Path, 1);
        (int status, _, string messages) = CommandLine.Run("audit", folder.Path, spec);
        Assert.Equal(2, status);
        Assert.Contains(spec, messages, StringComparison.Ordinal);
        Assert.Contains(hint, messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tolerance", "abc")]
    [InlineData("--tolerance", "2")]
    [InlineData("--fail-if", "halucinated>0.1")]
    [InlineData("--units", "0")]
    [InlineData("--threads", "0")]
    [InlineData("--scale", "3/2")]
    [InlineData("--view", "nothing")]
    public void A_wrong_option_ends_with_status_2(string option, string value)
    {
        using var folder = new TempFolder();
        Fill(folder.Path, 1);
        (int status, _, string messages) = CommandLine.Run("audit", folder.Path, "jpeg", option, value);
        Assert.Equal(2, status);
        Assert.Contains(value, messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_cannot_be_written_ends_with_status_3_before_the_work_and_leaves_nothing()
    {
        using var folder = new TempFolder();
        using var elsewhere = new TempFolder();
        Fill(folder.Path, 4);
        string file = elsewhere.Write("a file", [1]);
        Assert.Equal(3, CommandLine.Run("audit", folder.Path, "jpeg", "--out", Path.Combine(file, "out")).Status);
        Assert.Equal(3, CommandLine.Run("audit", folder.Path, "jpeg", "--json", Path.Combine(file, "result.json")).Status);
        Assert.Equal([file], Directory.GetFileSystemEntries(elsewhere.Path));
        Assert.Equal([1], File.ReadAllBytes(file));
    }

    [Fact]
    public void Results_do_not_go_into_the_folder_that_is_audited()
    {
        using var folder = new TempFolder();
        Fill(folder.Path, 4);
        (int status, _, string messages) = CommandLine.Run("audit", folder.Path, "jpeg", "--out", Path.Combine(folder.Path, "photo 00.png"));
        Assert.Equal(2, status);
        Assert.Contains("photo 00.png", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_that_falls_ends_with_status_1_and_one_that_holds_with_0()
    {
        using var folder = new TempFolder();
        Fill(folder.Path, 40);
        (int status, _, string messages) = CommandLine.Run("audit", folder.Path, "nearest:scale=8", "--fail-if", "hallucinated>0.5");
        Assert.Equal(1, status);
        Assert.Contains("nearest:scale=8", messages, StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run("audit", folder.Path, "jpeg:q=95", "--fail-if", "rate>20").Status);
    }
}
