using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Cli.Fleet;

/// <summary>Plans, workers and results from the command line: the same bytes as one process.</summary>
public sealed class FleetCommandTests : IDisposable
{
    private readonly Photos _photos = new(32, side: 48);

    public void Dispose() => _photos.Dispose();

    private string[] Audit(string folder) => ["audit", _photos.Source, "jpeg:q=20..50/30", "--units", "8", "--out", _photos.Beside(folder)];

    private static CliRun Ok(params string[] words)
    {
        CliRun run = CliRun.Of(words);
        Assert.True(run.Status == 0, run.Error);
        return run;
    }

    /// <summary>What may not differ: all but the speed and the words typed, which name the folder.</summary>
    private string Repeatable(string folder)
    {
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(Path.Combine(_photos.Beside(folder), "results.json")));
        return System.Text.Encoding.UTF8.GetString(ResultJson.ToUtf8(result with { Speed = [], Run = result.Run with { Command = "" } }));
    }

    private int Marks(string folder, string of) => Directory.GetFiles(Path.Combine(_photos.Beside(folder), of)).Length;

    [Fact]
    public void Two_workers_and_finish_give_the_bytes_of_one_audit()
    {
        Ok(Audit("one"));
        CliRun planned = Ok(["plan", .. Audit("fleet")]);
        string folder = _photos.Beside("fleet");
        Assert.Contains("'vestige work", planned.Out, StringComparison.Ordinal);
        CliRun early = CliRun.Of("finish", folder);
        Assert.Equal(3, early.Status);
        Assert.Contains("pieces are missing (images ", early.Error, StringComparison.Ordinal);
        Assert.Equal(3, CliRun.Of("status", folder).Status);

        CliRun[] workers = new CliRun[2];
        SideBySide.Run(2, i => workers[i] = CliRun.Of(CancellationToken.None, "work", folder, "--threads", "1"));
        Assert.All(workers, worker => Assert.Equal(0, worker.Status));
        Assert.Equal(2, Marks("fleet", "journals"));
        // As if one were not done yet.
        string mark = Directory.GetFiles(Path.Combine(folder, "done"))[0];
        File.Move(mark, _photos.Beside("mark"));
        CliRun so = CliRun.Of("status", folder);
        Assert.Equal(3, so.Status);
        Assert.Contains("nobody is at work", so.Words, StringComparison.Ordinal);
        Assert.Contains("figures so far, not final", so.Words, StringComparison.Ordinal);
        Assert.Matches(@"rate of jpeg:q=50: [0-9.]+ \+- [0-9.]+ bits/pixel", so.Words);
        File.Move(_photos.Beside("mark"), mark);
        CliRun status = Ok("status", folder, "--page");
        Assert.Contains("0 running, 0 set aside", status.Words, StringComparison.Ordinal);
        Assert.Contains("<progress", File.ReadAllText(Path.Combine(folder, "status.html")), StringComparison.Ordinal);

        CliRun finished = Ok("finish", folder);
        Assert.Equal(Repeatable("one"), Repeatable("fleet"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_photos.Beside("one"), "items.csv")), File.ReadAllBytes(Path.Combine(folder, "items.csv")));
        // Nothing was coded again: what an audit of nothing new writes into its own journal is nothing.
        Assert.Equal(0, new FileInfo(Path.Combine(folder, "journal")).Length);
        Assert.Contains("jpeg:q=20", finished.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--heartbeat", "2")]
    [InlineData("--heartbeat=2")]
    [InlineData("--heartbeat:2")]
    public void The_heartbeat_is_the_plans_wherever_it_is_typed(params string[] heartbeat)
    {
        string folder = _photos.Beside("fleet");
        Ok(["plan", .. Audit("fleet"), .. heartbeat]);
        // The same plan, with another.
        Ok(["plan", "--heartbeat", "3", .. Audit("fleet")]);
        Ok("work", folder);
        Ok("finish", folder);
        Assert.DoesNotContain("heartbeat", File.ReadAllText(Path.Combine(folder, "results.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_changed_is_refused_and_after_another_plan_only_what_changed_is_done()
    {
        Ok(["plan", .. Audit("fleet")]);
        string folder = _photos.Beside("fleet");
        Ok("work", folder);
        int before = Marks("fleet", "done");
        _photos.Add("new.png", Vestige.Tests.Images.TestImages.Save(Vestige.Tests.Images.TestImages.Photo(64, 64, 99), "png"));
        foreach (string command in new[] { "work", "finish" })
        {
            CliRun refused = CliRun.Of(command, folder);
            Assert.Equal(3, refused.Status);
            Assert.Contains("(32 documents then, 33 now)", refused.Error, StringComparison.Ordinal);
        }
        CliRun again = Ok(["plan", .. Audit("fleet")]);
        Assert.Contains("of them done", again.Out, StringComparison.Ordinal);
        Ok("work", folder);
        Ok("finish", folder);
        Ok(Audit("one"));
        Assert.Equal(Repeatable("one"), Repeatable("fleet"));
        Assert.True(Marks("fleet", "done") < 2 * before);
    }

    [Fact]
    public void Files_that_the_plan_knows_are_not_read_again_and_one_that_changed_is_refused()
    {
        string[] files = Directory.GetFiles(_photos.Source);
        foreach (string file in files) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        Ok(["plan", .. Audit("fleet")]);
        string folder = _photos.Beside("fleet");
        // Another time and the same content is the same; a damaged listing is none.
        File.SetLastWriteTimeUtc(files[0], DateTime.UtcNow.AddMinutes(-30));
        byte[] listing = File.ReadAllBytes(Path.Combine(folder, "listing"));
        File.WriteAllBytes(Path.Combine(folder, "listing"), listing[..^1]);
        Ok("work", folder);
        File.WriteAllBytes(Path.Combine(folder, "listing"), listing);
        Ok("work", folder);
        // Of the same size, and one byte another.
        byte[] content = File.ReadAllBytes(files[1]);
        content[^1] ^= 1;
        File.WriteAllBytes(files[1], content);
        foreach (string command in new[] { "work", "finish" })
        {
            CliRun refused = CliRun.Of(command, folder);
            Assert.Equal(3, refused.Status);
            Assert.Contains("(some documents have other contents or names)", refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_more_files_than_are_kept_workers_take_those_that_the_plan_drew()
    {
        // Two contents of eight pixels a number.
        void Add(int from, int to)
        {
            for (int i = from; i < to; i++)
                _photos.Add($"{i}.pgm", System.Text.Encoding.ASCII.GetBytes($"P2 4 2 255 {i % 7} {i / 7} 9 {i % 250} 17 {i % 13} 200 {i % 31}\n"));
        }

        Add(0, 1100);
        string[] Drawn(string folder) => [.. Audit(folder), "--documents", "1000", "--paired", "false"];
        CliRun one = Ok(Drawn("one"));
        Assert.Contains("1,132 images are more than are kept", one.Error, StringComparison.Ordinal);
        Assert.Contains(" of 1,132 files were looked at, drawn by what they hold", one.Words, StringComparison.Ordinal);
        Ok(["plan", .. Drawn("fleet")]);
        string folder = _photos.Beside("fleet");
        Ok("work", folder, "--threads", "2");
        Assert.Contains("1,132 images are more than are kept", Ok("finish", folder).Error, StringComparison.Ordinal);
        Assert.Equal(Repeatable("one"), Repeatable("fleet"));
        // What came since is no change of what was planned, and the next plan draws from it.
        Add(1100, 1300);
        Ok("finish", folder);
        string before = Repeatable("fleet");
        CliRun again = Ok(["plan", .. Drawn("fleet")]);
        Assert.Contains("of them done", again.Out, StringComparison.Ordinal);
        Ok("work", folder, "--threads", "2");
        Assert.Contains("1,332 images are more than are kept", Ok("finish", folder).Error, StringComparison.Ordinal);
        Assert.NotEqual(before, Repeatable("fleet"));
    }

    [Theory]
    [InlineData("--documents 999: it takes a whole number from 1000 up", "jpeg:q=20", "--documents", "999")]
    [InlineData("--documents 5000: a world has no files to draw from; leave it out", null, "--documents", "5000")]
    public void A_bound_on_documents_that_says_nothing_is_refused(string message, string? compressor, params string[] words)
    {
        CliRun run = CliRun.Of([.. compressor is null ? ["audit", "world:facts", "ngram"] : new[] { "audit", _photos.Source, compressor }, .. words]);
        Assert.Equal(2, run.Status);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_build_is_refused()
    {
        Ok(["plan", .. Audit("fleet")]);
        string plan = Path.Combine(_photos.Beside("fleet"), "plan.json");
        File.WriteAllText(plan, File.ReadAllText(plan).Replace("\"build\":\"", "\"build\":\"0", StringComparison.Ordinal));
        foreach (string command in new[] { "work", "finish" })
        {
            CliRun refused = CliRun.Of(command, _photos.Beside("fleet"));
            if (command == "work")
            {
                Assert.Equal(3, refused.Status);
                Assert.Contains("was planned by another build of vestige", refused.Error, StringComparison.Ordinal);
                // Past the check of pieces, so that finish comes to its own.
                foreach (System.Text.Json.JsonElement piece in System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(plan)).RootElement.GetProperty("Pieces").EnumerateArray())
                    File.WriteAllText(Path.Combine(_photos.Beside("fleet"), "done", piece.GetProperty("Key").GetString()!), "{}");
            }
            else Assert.Contains("was planned by another build of vestige", refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_no_plan_or_another_is_said()
    {
        string nowhere = _photos.Beside("nowhere"), empty = Directory.CreateDirectory(_photos.Beside("empty")).FullName;
        foreach (string command in new[] { "work", "finish", "status" })
        {
            Assert.Contains("is no folder", CliRun.Of(command, nowhere).Error, StringComparison.Ordinal);
            Assert.Contains("holds no plan", CliRun.Of(command, empty).Error, StringComparison.Ordinal);
        }
        Ok(["plan", .. Audit("fleet")]);
        CliRun other = CliRun.Of("plan", "audit", _photos.Source, "jpeg:q=5", "--out", _photos.Beside("fleet"));
        Assert.Equal(2, other.Status);
        Assert.Contains("holds the plan of something else", other.Error, StringComparison.Ordinal);
        Assert.Equal(2, CliRun.Of("plan", "audit", _photos.Source, "jpeg:q=5").Status);
        Assert.Equal(2, CliRun.Of("plan", "audit", "--out", _photos.Beside("x")).Status);
        // Inside what is read nothing is written.
        Assert.Equal(2, CliRun.Of("plan", "audit", _photos.Source, "jpeg:q=5", "--out", Path.Combine(_photos.Source, "run")).Status);
        Assert.False(Directory.Exists(Path.Combine(_photos.Source, "run")));
        CliRun free = CliRun.Of("plan", "audit", "world:facts", "transformer:steps=5", "--out", _photos.Beside("y"));
        Assert.Equal(2, free.Status);
        Assert.Contains("threads=4", free.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_set_aside_are_named_and_can_be_tried_again()
    {
        Ok(["plan", .. Audit("fleet")]);
        string folder = _photos.Beside("fleet");
        string key = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "plan.json"))).RootElement.GetProperty("Pieces")[0].GetProperty("Key").GetString()!;
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            File.WriteAllText(Path.Combine(folder, "leases", $"{key}.{attempt}"),
                $$"""{"Worker":"w{{attempt}}","Host":"far","Process":1,"Started":"","Beat":3,"State":"Failed","Why":"its disk was on fire"}""");
        }
        CliRun worked = CliRun.Of("work", folder);
        Assert.Equal(3, worked.Status);
        Assert.Contains("its disk was on fire (w1); its disk was on fire (w2)", worked.Error, StringComparison.Ordinal);
        CliRun finish = CliRun.Of("finish", folder);
        Assert.Equal(3, finish.Status);
        Assert.Contains("--again' tries those that were set aside", finish.Error, StringComparison.Ordinal);
        Ok("work", folder, "--again");
        Ok("status", folder);
    }

    [Fact]
    public void Texts_with_a_model_that_is_trained_and_one_that_is_not()
    {
        using var texts = new Texts();
        string source = texts.Write("texts", 32, 7);
        string[] audit = ["audit", source, "ngram:order=4", "transformer:layers=1,width=32,heads=2,context=16,steps=5,threads=1", "--units", "24", "--out"];
        Ok([.. audit, _photos.Beside("one")]);
        Ok(["plan", .. audit, _photos.Beside("fleet")]);
        SideBySide.Run(2, _ => Assert.Equal(0, CliRun.Of(CancellationToken.None, "work", _photos.Beside("fleet"), "--threads", "1").Status));
        Assert.Single(Directory.GetFiles(Path.Combine(_photos.Beside("fleet"), "models"), "*.model"));
        Ok("finish", _photos.Beside("fleet"));
        Assert.Equal(Repeatable("one"), Repeatable("fleet"));
    }

    [Fact]
    public void A_study_of_eight_cells()
    {
        string[] study = ["study", "world:facts:people=8,relations=2,phrasings=4,values=4", "ngram", "--vary", "order=2,5", "--vary", "data=1/4,1", "--vary", "top_p=0.9,1",
            "--units", "200", "--blocks", "2", "--out"];
        Ok([.. study, _photos.Beside("one")]);
        Ok(["plan", .. study, _photos.Beside("fleet")]);
        SideBySide.Run(2, _ => Assert.Equal(0, CliRun.Of(CancellationToken.None, "work", _photos.Beside("fleet"), "--threads", "1").Status));
        Ok("finish", _photos.Beside("fleet"));
        string Bytes(string folder) => File.ReadAllText(Path.Combine(_photos.Beside(folder), "study.json")).Replace(_photos.Beside(folder), "", StringComparison.Ordinal);
        Assert.Equal(Bytes("one"), Bytes("fleet"));
    }
}
