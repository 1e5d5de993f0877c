using System.Diagnostics;
using System.Text.RegularExpressions;
using Vestige.Cli.Faults;
using Vestige.Cli.Runs;

namespace Vestige.Tests.Cli.Runs;

/// <summary>Nothing that a run reads is written to, by whatever name; what is written is whole; what killed runs left is taken away.</summary>
public sealed class OutputPlaceTests : IDisposable
{
    private readonly Texts _texts = new();
    private readonly string _source;

    public OutputPlaceTests() => _source = _texts.Write("source", 2, seed: 1);

    public void Dispose() => _texts.Dispose();

    /// <summary>What a result begins with.</summary>
    private static byte[] Result => "{ \"schema\": 3, \"run\": { \"vestige\": \"0.1.0\" } }"u8.ToArray();

    private string Novel => Path.Combine(_source, "000.txt");

    /// <summary>Names of a file of the source that are not its own.</summary>
    private string Alias(string kind)
    {
        string alias = _texts.Beside(kind);
        switch (kind)
        {
            case "same":
                return Novel;
            case "dots":
                return Path.Combine(_source, "..", "source", ".", "000.txt");
            case "relative":
                return Path.GetRelativePath(Environment.CurrentDirectory, Novel);
            case "link":
                File.CreateSymbolicLink(alias, Novel);
                return alias;
            case "hardlink":
                Process.Start("ln", [Novel, alias]).WaitForExit();
                return alias;
            case "linked folder":
                Directory.CreateSymbolicLink(alias, _source);
                return Path.Combine(alias, "000.txt");
            case "new in a linked folder":
                Directory.CreateSymbolicLink(alias, _source);
                return Path.Combine(alias, "new.json");
            case "led to":
                // The source itself holds a link to a file that lies elsewhere.
                File.WriteAllText(alias, File.ReadAllText(Novel));
                File.CreateSymbolicLink(Path.Combine(_source, "zzz.txt"), alias);
                return alias;
            default:
                return Path.Combine(_source, "below", "new.json");
        }
    }

    [Theory]
    [InlineData("same")]
    [InlineData("dots")]
    [InlineData("relative")]
    [InlineData("link")]
    [InlineData("hardlink")]
    [InlineData("linked folder")]
    [InlineData("new in a linked folder")]
    [InlineData("led to")]
    [InlineData("new")]
    public void An_input_is_refused_by_every_name_that_it_has(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs links");
        string alias = Alias(kind);
        byte[] before = File.ReadAllBytes(Novel);
        Dictionary<string, string[]> commands = new()
        {
            ["audit of a folder"] = ["audit", _source, "ngram:order=3", "--json", alias],
            ["train on a folder"] = ["train", _source, "ngram:order=2", "--out", alias],
        };
        // Names of that one file are refused where it alone is read, too.
        if (!kind.StartsWith("new", StringComparison.Ordinal) && kind != "led to")
        {
            commands["audit"] = ["audit", Novel, "ngram:order=3", "--json", alias];
            commands["train"] = ["train", Novel, "ngram:order=2", "--out", alias];
            commands["held out"] = ["audit", "--train", _source, "--heldout", Novel, "ngram", "--json", alias];
        }
        foreach ((string name, string[] command) in commands)
        {
            CliRun run = CliRun.Of(command);
            Assert.True(run.Status == ExitStatus.Usage && run.Error.Contains("which is read", StringComparison.Ordinal), $"{name}: {run.Status} {run.Error}");
        }
        Assert.Equal(before, File.ReadAllBytes(Novel));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_source, "*", SearchOption.AllDirectories), entry
            => Path.GetFileName(entry) is "below" or "new.json" || entry.EndsWith("lock", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_a_source_or_inside_one_is_refused_by_a_link_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs links");
        Directory.CreateSymbolicLink(_texts.Beside("link"), _source);
        foreach (string folder in new[] { _source, Path.Combine(_source, "out"), _texts.Beside("link"), _texts.Beside("link/out") })
        {
            CliRun run = CliRun.Of("audit", _source, "ngram:order=3", "--out", folder);
            Assert.True(run.Status == ExitStatus.Usage && run.Error.Contains("is inside", StringComparison.Ordinal), $"{folder}: {run.Status} {run.Error}");
        }
        Assert.Equal(2, Directory.GetFileSystemEntries(_source).Length);
        // The other way round: the source lies where the run keeps things of its own.
        string models = _texts.Write("run/models", 2, seed: 3);
        OwnFolder.Mark(_texts.Beside("run"));
        CliRun around = CliRun.Of("audit", models, "ngram:order=3", "--out", _texts.Beside("run"));
        Assert.True(around.Status == ExitStatus.Usage && around.Error.Contains("is inside", StringComparison.Ordinal), around.Error);
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("models")]
    [InlineData("exhibits")]
    public void A_link_inside_the_folder_is_not_followed_out_of_it(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs links");
        string elsewhere = _texts.Beside("elsewhere");
        if (name == "journal") File.WriteAllText(elsewhere, "");
        else Directory.CreateDirectory(elsewhere);
        Directory.CreateDirectory(_texts.Beside("run"));
        OwnFolder.Mark(_texts.Beside("run"));
        File.CreateSymbolicLink(_texts.Beside("run/" + name), elsewhere);
        CliRun run = CliRun.Of("audit", _source, "ngram:order=3", "--out", _texts.Beside("run"));
        Assert.Equal((ExitStatus.Data, true), (run.Status, run.Error.Contains(name + " is a link", StringComparison.Ordinal)));
        Assert.Equal(name == "journal" ? 0 : -1, name == "journal" ? new FileInfo(elsewhere).Length : Directory.GetFileSystemEntries(elsewhere).Length - 1);
    }

    [Fact]
    public void A_link_at_a_file_s_place_is_replaced_and_what_it_led_to_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs links");
        string elsewhere = _texts.Add("elsewhere", Result), link = _texts.Beside("link");
        File.CreateSymbolicLink(link, elsewhere);
        using (var place = OutputPlace.File("--json", link, new Inputs([_source]), OwnFile.Result)) place.Write([4]);
        Assert.Equal(Result, File.ReadAllBytes(elsewhere));
        Assert.Equal([4], File.ReadAllBytes(link));
        Assert.Null(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public async Task A_folder_a_pipe_a_disk_and_a_device_are_each_what_they_are()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs pipes and devices of Linux");
        Assert.Contains("is a folder; name a file",
            Assert.Throws<DataException>(() => OutputPlace.File("--json", _source, Inputs.None, OwnFile.Result)).Message, StringComparison.Ordinal);
        using (var nothing = OutputPlace.File("--json", "/dev/null", Inputs.None, OwnFile.Result)) nothing.Write([1]);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        string pipe = _texts.Beside("pipe");
        Process.Start("mkfifo", [pipe]).WaitForExit();
        Task<byte[]> read = Task.Run(() => File.ReadAllBytes(pipe), TestContext.Current.CancellationToken);
        using (var place = OutputPlace.File("--json", pipe, Inputs.None, OwnFile.Result)) place.Write([1, 2]);
        Assert.Equal([1, 2], await read);
        Assert.Contains("could not be written", Assert.Throws<DataException>(() =>
        {
            using var full = OutputPlace.File("--json", "/dev/full", Inputs.None, OwnFile.Result);
            full.Write(new byte[10]);
        }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_written_whole_leaves_what_stood_there()
    {
        string file = _texts.Add("result", Result);
        using (var place = OutputPlace.File("--json", file, Inputs.None, OwnFile.Result))
        {
            Assert.Throws<DataException>(() => place.Write(stream =>
            {
                stream.Write([2, 3]);
                throw new IOException("no space left");
            }));
        }
        Assert.Equal(Result, File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(_texts.Beside("")));
        // A name that no file system takes is found before the work.
        Assert.Throws<DataException>(() => OutputPlace.File("--json", _texts.Beside(new string('n', 300)), Inputs.None, OwnFile.Result));
        Assert.Throws<DataException>(() => OutputPlace.File("--json", _texts.Beside("zero\0"), Inputs.None, OwnFile.Result));
    }

    [Fact]
    public void Of_two_runs_on_one_place_the_second_is_refused()
    {
        string file = _texts.Beside("result.json");
        using (OutputPlace.File("--json", file, Inputs.None, OwnFile.Result))
        {
            CliRun second = CliRun.Of("audit", _source, "ngram:order=3", "--json", file);
            Assert.Equal((ExitStatus.Data, true), (second.Status, second.Error.Contains("is being written by another run of vestige", StringComparison.Ordinal)));
        }
        using (OutputPlace.File("--out", _texts.Beside("model"), Inputs.None, OwnFile.Model))
            Assert.Equal(ExitStatus.Data, CliRun.Of("train", _source, "ngram:order=2", "--out", _texts.Beside("model")).Status);
        Assert.Equal(0, CliRun.Of("train", _source, "ngram:order=2", "--out", _texts.Beside("model")).Status);
        Assert.Equal([_texts.Beside("model")], Directory.GetFiles(_texts.Beside("")));
    }

    [Fact]
    public void What_killed_runs_left_is_taken_away_and_what_is_being_written_is_not()
    {
        string folder = Directory.CreateDirectory(_texts.Beside("run/models")).FullName;
        string left = Path.Combine(folder, ".vestige-0123.tmp"), own = Path.Combine(folder, "notes.tmp"), held = Path.Combine(folder, ".vestige-4567.tmp");
        foreach (string file in new[] { left, own, held }) File.WriteAllText(file, "");
        File.WriteAllText(_texts.Beside("run/a.json.vestige-lock"), "");
        OwnFolder.Mark(_texts.Beside("run"));
        using (File.Open(held, FileMode.Open, FileAccess.Write, FileShare.None))
        using (OutputPlace.Folder("--out", _texts.Beside("run"), Inputs.None))
            Assert.Equal(new[] { _texts.Beside("run/" + OwnFolder.MarkName), held, own }, Directory.GetFiles(_texts.Beside("run"), "*", SearchOption.AllDirectories).Order());
        File.WriteAllText(_texts.Beside(".vestige-89.tmp"), "");
        using (OutputPlace.File("--json", _texts.Beside("a.json"), Inputs.None, OwnFile.Result)) Assert.False(File.Exists(_texts.Beside(".vestige-89.tmp")));
        Assert.Empty(Directory.GetFiles(_texts.Beside("")));
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("models")]
    [InlineData("items.csv")]
    [InlineData("index.html")]
    public void A_result_is_not_written_over_what_the_folder_keeps_for_itself(string name)
    {
        CliRun run = CliRun.Of("audit", _source, "ngram:order=3", "--out", _texts.Beside("run"), "--json", _texts.Beside("run/" + name));
        Assert.Equal((ExitStatus.Usage, true), (run.Status, run.Error.Contains("keeps there for itself", StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_the_one_way_to_write_opens_files_for_writing()
    {
        string cli = Path.Combine(Repository.Root, "src", "Vestige.Cli");
        var writing = new Regex(@"\b(File\.(Write|Create|Move|Copy|Append|OpenWrite|Replace)|FileMode\.|Directory\.(Create|Move))");
        IEnumerable<string> files = Directory.EnumerateFiles(cli, "*.cs", SearchOption.AllDirectories)
            .Where(file => writing.IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(cli, file).Replace('\\', '/')).Order();
        // The journal is only ever added to.
        Assert.Equal(["Runs/AtomicFile.cs", "Runs/JournalFile.cs", "Runs/OutputPlace.cs"], files);
    }
}
