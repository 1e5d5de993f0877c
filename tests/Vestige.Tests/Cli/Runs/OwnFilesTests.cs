using Vestige.Cli.Faults;
using Vestige.Cli.Runs;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli.Runs;

/// <summary>What others put somewhere is not written over.</summary>
public sealed class OwnFilesTests : IDisposable
{
    private readonly Texts _texts = new();
    private readonly string _source, _photo;

    public OwnFilesTests()
    {
        _source = _texts.Write("source", 12, seed: 1);
        _photo = _texts.Add("photo.png", TestImages.Save(TestImages.Photo(48, 48), "png"));
    }

    public void Dispose() => _texts.Dispose();

    private static void Refused(string words, params string[] command)
    {
        CliRun run = CliRun.Of(command);
        Assert.True(run.Status == ExitStatus.Usage && run.Error.Contains(words, StringComparison.Ordinal), $"{string.Join(' ', command)}: {run.Status} {run.Error}");
    }

    private string[][] WithFolder(string folder) =>
    [
        ["audit", _source, "ngram:order=3", "--out", folder], ["inspect", _photo, "jpeg:q=50", "--out", folder],
        ["choose", _photo, "jpeg:q=80..90/10", "--target", "psnr>=20", "--out", folder],
        ["study", "world:facts:people=50", "ngram", "--vary", "order=2,3", "--blocks", "3", "--units", "10", "--out", folder],
        ["plan", "audit", _source, "ngram:order=3", "--out", folder],
    ];

    [Theory]
    [InlineData("index.html")]
    [InlineData("results.json")]
    [InlineData("study.json")]
    [InlineData("plan.json")]
    [InlineData("plan.txt")]
    [InlineData("journal")]
    [InlineData("choices.csv")]
    [InlineData("images/00.jpg")]
    public void A_folder_of_others_is_refused_and_stays_as_it_is(string name)
    {
        string file = _texts.Add("theirs/" + name, "{ \"mine\": 1 }"u8.ToArray());
        foreach (string[] command in WithFolder(_texts.Beside("theirs"))) Refused("was not made by vestige", command);
        Assert.Equal([file], Directory.GetFiles(_texts.Beside("theirs"), "*", SearchOption.AllDirectories));
        Assert.Equal("{ \"mine\": 1 }", File.ReadAllText(file));
    }

    [Fact]
    public void An_empty_folder_one_with_hidden_files_and_one_of_ours_are_written_into()
    {
        string[][] commands = WithFolder(_texts.Beside("run"));
        Directory.CreateDirectory(_texts.Beside("run"));
        _texts.Add("run/.gitignore", [1]);
        _texts.Add("run/.DS_Store", [1]);
        foreach (string[] command in commands) Assert.True(CliRun.Of(command) is { Status: 0 } || command[0] == "plan", string.Join(' ', command));
        // A file of the user's among ours does no harm.
        _texts.Add("run/notes.txt", [1]);
        foreach (string[] command in commands.Take(3)) Assert.Equal(0, CliRun.Of(command).Status);
        Assert.Equal([1], File.ReadAllBytes(_texts.Beside("run/notes.txt")));
    }

    [Theory]
    [InlineData("results.json", "{\n  \"schema\": 1,\n  \"vestige\": \"0.1.0\"")]
    [InlineData("study.json", "{\n  \"kind\": \"study\",\n  \"schema\": 1,\n  \"vestige\": \"0.1.0\"")]
    [InlineData("plan.json", "{\"Arguments\":[\"audit\"]}")]
    [InlineData("plan.txt", "vestige 0.1.0\nsource x")]
    [InlineData("journal", "vestige journal 1\n")]
    public void Folders_of_older_versions_are_known_by_what_they_hold(string name, string begins)
    {
        _texts.Add("old/" + name, System.Text.Encoding.UTF8.GetBytes(begins));
        _texts.Add("old/index.html", [1]);
        Assert.True(OwnFolder.IsOwn(_texts.Beside("old")));
        Assert.False(OwnFolder.Refuse("--out old", _texts.Beside("old")));
    }

    [Fact]
    public void What_an_inspection_left_that_was_stopped_is_ours()
    {
        _texts.Add("run/01-map.png", [1]);
        Assert.Throws<UsageException>(() => OutputPlace.Folder("--out", _texts.Beside("run"), Inputs.None));
        OwnFolder.Mark(_texts.Beside("run"));
        using (OutputPlace.Folder("--out", _texts.Beside("run"), Inputs.None)) Assert.True(OwnFolder.IsOwn(_texts.Beside("run")));
    }

    [Fact]
    public void A_file_is_written_over_only_by_what_is_of_its_kind()
    {
        string novel = _texts.Add("mine.txt", "It was a dark night."u8.ToArray()), json = _texts.Add("mine.json", "{ \"a\": 1 }"u8.ToArray());
        string model = _texts.Beside("a.model"), coded = _texts.Beside("a.vestige"), result = _texts.Beside("a.json"), text = Path.Combine(_source, "000.txt");
        foreach (string there in new[] { novel, json, _photo })
        {
            byte[] before = File.ReadAllBytes(there);
            Refused("is there already and is no result of vestige", "audit", _source, "ngram:order=3", "--json", there);
            Refused("is there already and is no model of vestige", "train", _source, "ngram:order=2", "--out", there);
            Refused("is there already and is no file that vestige encode wrote", "encode", text, "--model", "ppm", "--out", there);
            Assert.Equal(before, File.ReadAllBytes(there));
        }
        Refused("is no prior of vestige", "train", _source, "prior", "--out", novel);
        Refused("is no result of vestige", "inspect", _photo, "jpeg", "--json", novel);
        Refused("is no result of vestige", "study", "world:facts:people=50", "ngram", "--vary", "order=2,3", "--blocks", "3", "--json", novel);
        // The same again, and an empty file, which mktemp makes.
        File.WriteAllBytes(result, []);
        string[][] commands =
        [
            ["audit", _source, "ngram:order=3", "--json", result], ["inspect", _photo, "jpeg", "--json", result], ["train", _source, "ngram:order=2", "--out", model],
            ["train", _source, "transformer:layers=1,width=16,heads=1,context=16,steps=2", "--out", model, "--threads", "1"], ["train", _source, "ppm", "--out", model],
            ["encode", text, "--model", "ppm", "--out", coded],
        ];
        foreach (string[] command in commands.Concat(commands)) Assert.True(CliRun.Of(command).Status == 0, string.Join(' ', command));
        // What is decoded may be anything.
        Refused("is there already", "decode", coded, "--out", novel);
        CliRun noFolder = CliRun.Of("audit", _source, "ngram:order=3", "--out", novel);
        Assert.Equal((ExitStatus.Data, true), (noFolder.Status, noFolder.Error.Contains("is no folder; name a new or an empty one", StringComparison.Ordinal)));
        Assert.Equal(0, CliRun.Of("decode", coded, "--out", _texts.Beside("again.txt")).Status);
        Assert.Equal(File.ReadAllBytes(text), File.ReadAllBytes(_texts.Beside("again.txt")));
    }

    [Fact]
    public void A_page_of_others_is_not_written_over_in_a_folder_around_audits()
    {
        Assert.Equal(0, CliRun.Of("audit", _source, "ngram:order=3", "--out", _texts.Beside("site/one")).Status);
        string page = _texts.Add("site/index.html", "<title>Mine</title>"u8.ToArray());
        Assert.SkipUnless(Vestige.Cli.Report.Page.IsBuilt, "needs the page");
        Refused("is no page of vestige", "report", _texts.Beside("site"));
        Assert.Equal("<title>Mine</title>", File.ReadAllText(page));
        File.Delete(page);
        Assert.Equal(0, CliRun.Of("report", _texts.Beside("site")).Status);
        Assert.Equal(0, CliRun.Of("report", _texts.Beside("site")).Status);
    }
}
