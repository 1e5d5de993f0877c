using System.Diagnostics;
using Vestige.Studies;

namespace Vestige.Tests.Cli.Studies;

public sealed class StudyCommandTests : IDisposable
{
    private const string World = "world:facts:people=8,relations=2,phrasings=4,values=4";

    private static readonly string[] s_small = ["study", World, "ngram", "--vary", "order=2,5", "--vary", "data=1/4,1", "--units", "200", "--blocks", "3"];

    private readonly string _folder = Directory.CreateTempSubdirectory("vestige-study-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_study_tells_what_its_ingredients_move()
    {
        string output = Path.Combine(_folder, "out");
        CliRun run = CliRun.Of([.. s_small, "--out", output]);
        Assert.Equal(0, run.Status);
        var result = StudyResult.FromUtf8(File.ReadAllBytes(Path.Combine(output, "study.json")));
        Assert.Equal((4, 3, 4), (result.Cells.Count, result.Blocks, result.Rows.Count));
        // Longer n-grams garble less, in every block: it is seen.
        Assert.True(result.Effects.Single(effect => effect is { Response: "hallucinated", Term: "order" }).High < 0);
        foreach (StudyRow row in result.Rows)
        {
            for (int block = 0; block < result.Blocks; block++)
            {
                double Of(string name) => row.Values[name][block]!.Value;
                // What q says is one of these, and nothing else; 1e-5 may be left out of the sums.
                Assert.Equal(1, Of("memorized") + Of("generalized") + Of("hallucinated"), 1e-9);
                Assert.Equal(Of("confabulated"), result.Responses.Where(r => r.Name.StartsWith("wrong@", StringComparison.Ordinal)).Sum(r => Of(r.Name)), 1e-4);
                Assert.Equal(Of("inferable") + Of("lucky"), result.Responses.Where(r => r.Name.StartsWith("new@", StringComparison.Ordinal)).Sum(r => Of(r.Name)), 1e-4);
                Assert.Equal(1 - Of("garbled"), result.Responses.Where(r => r.Name.StartsWith("about@", StringComparison.Ordinal)).Sum(r => Of(r.Name)), 1e-4);
                Assert.Equal(Of("once") - Of("miscalibration"), Of("bound"), 1e-12);
            }
        }
        Assert.Contains("is moved by", run.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_bytes_with_any_threads_and_with_blocks_added_later()
    {
        string one = Path.Combine(_folder, "one"), two = Path.Combine(_folder, "two");
        Assert.Equal(0, CliRun.Of([.. s_small, "--out", one, "--threads", "1"]).Status);
        Assert.Equal(0, CliRun.Of([.. s_small[..^1], "2", "--out", two, "--threads", "2"]).Status);
        Assert.Equal(0, CliRun.Of([.. s_small, "--out", two, "--threads", "2"]).Status);
        Assert.Equal(WithoutCommand(one), WithoutCommand(two));
    }

    [Fact]
    public void Killed_at_random_it_ends_with_the_same_bytes()
    {
        string whole = Path.Combine(_folder, "whole"), broken = Path.Combine(_folder, "broken");
        string[] words = ["study", World, "transformer:layers=1,width=32,heads=2,context=64,steps=40,batch=4,evaluations=0", "--vary", "dropout=0,0.2", "--vary", "top_p=0.9,1",
            "--units", "100", "--blocks", "2", "--out"];
        Assert.Equal(0, CliRun.Wait(CliRun.Start(new Dictionary<string, string>(), [.. words, whole])).Status);
        var random = new Random(5);
        for (int kills = 0; kills < 3; kills++)
        {
            using Process process = CliRun.Start(new Dictionary<string, string>(), [.. words, broken]);
            if (!process.WaitForExit(random.Next(300, 1500))) process.Kill();
            process.WaitForExit();
        }
        Assert.Equal(0, CliRun.Wait(CliRun.Start(new Dictionary<string, string>(), [.. words, broken])).Status);
        Assert.Equal(WithoutCommand(whole), WithoutCommand(broken));
    }

    [Fact]
    public void A_folder_of_another_study_is_refused()
    {
        string output = Path.Combine(_folder, "out");
        Assert.Equal(0, CliRun.Of([.. s_small, "--out", output]).Status);
        CliRun run = CliRun.Of([.. s_small, "--seed", "2", "--out", output]);
        Assert.Equal(2, run.Status);
        Assert.Contains("holds a study of other settings", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_makes_no_model_is_a_row_with_its_reason()
    {
        // A context shorter than a sentence cannot learn this world.
        string json = Path.Combine(_folder, "study.json");
        CliRun run = CliRun.Of("study", World, "transformer:layers=1,width=32,heads=2,steps=2,batch=2,evaluations=0", "--vary", "context=8,64",
            "--units", "50", "--blocks", "2", "--json", json);
        Assert.Equal(0, run.Status);
        var result = StudyResult.FromUtf8(File.ReadAllBytes(json));
        Assert.Contains("context=8 is too short", result.Rows[0].Why[0], StringComparison.Ordinal);
        Assert.All(result.Effects, effect => Assert.Equal((null, 2), (effect.Value, effect.BlocksLeftOut)));
        Assert.Contains("1 of 2 cells has no figures in some block", run.Words, StringComparison.Ordinal);
        Assert.Contains("No cell with context=8 has figures in any block, so that no effect can be told: leave that level out.", run.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_diverges_is_a_row_with_its_reason_and_the_others_have_theirs()
    {
        string json = Path.Combine(_folder, "study.json");
        CliRun run = CliRun.Of("study", World, "transformer:layers=1,width=32,heads=2,context=64,steps=8,batch=2,evaluations=0,optimizer=adamw,clip=0", "--vary", "lr=0.003,1",
            "--units", "50", "--blocks", "2", "--json", json);
        Assert.Equal(0, run.Status);
        var result = StudyResult.FromUtf8(File.ReadAllBytes(json));
        Assert.Equal((0, 2), (result.Rows[0].Why.Count, result.Rows[1].Why.Count));
        Assert.All(result.Rows[1].Why.Values, why => Assert.Contains("Training diverged at step", why, StringComparison.Ordinal));
        Assert.Equal(2, result.Rows[0].Values["hallucinated"].Count(value => value is not null));
        Assert.Contains("No cell with lr=1 has figures in any block", run.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("..", run.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_that_differ_only_in_how_they_are_drawn_are_trained_once()
    {
        string output = Path.Combine(_folder, "out");
        Assert.Equal(0, CliRun.Of("study", World, "transformer:layers=1,width=32,heads=2,context=64,steps=3,batch=2,evaluations=0", "--vary", "top_p=0.5,0.9,1",
            "--units", "50", "--blocks", "2", "--out", output).Status);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(output, "models")).Length);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(output, "pieces")).Length);
    }

    [Fact]
    public void Text_is_studied_by_its_estimated_ledger()
    {
        using var texts = new Texts();
        string source = texts.Write("novels", 24, 3), json = Path.Combine(_folder, "study.json");
        CliRun run = CliRun.Of("study", source, "ngram", "--vary", "order=2,6", "--vary", "repeat=1,2", "--units", "60", "--blocks", "2", "--passage", "128", "--json", json);
        Assert.Equal(0, run.Status);
        var result = StudyResult.FromUtf8(File.ReadAllBytes(json));
        Assert.All(result.Rows, row => Assert.NotNull(row.Mean("held-out")));
        Assert.True(result.Effects.Single(effect => effect is { Response: "held-out", Term: "order" }).Value < 0);
    }

    [Theory]
    [InlineData("has no option \"dropuot\"", "--vary", "dropuot=0,1")]
    [InlineData("dropout=2 is not allowed", "--vary", "dropout=0,2")]
    [InlineData("is given twice", "--vary", "dropout=0,0.1", "--vary", "dropout=0.2,0.3")]
    [InlineData("has one level", "--vary", "dropout=0")]
    [InlineData("a level stands there twice", "--vary", "data=1,1")]
    [InlineData("write KEY=LEVEL,LEVEL", "--vary", "dropout")]
    [InlineData("nothing varies")]
    [InlineData("width stands in", "--vary", "width=32,64")]
    [InlineData("steps is varied too", "--vary", "steps=1,2", "--at", "steps=3")]
    [InlineData("each fact is said in 4 ways", "--vary", "phrasings-told=2,9")]
    [InlineData("data=2 is not allowed", "--vary", "data=1,2")]
    [InlineData("takes a whole number from 2", "--vary", "dropout=0,0.1", "--blocks", "1")]
    public void Wrong_words_are_refused(string says, params string[] words)
    {
        CliRun run = CliRun.Of(["study", World, "transformer:width=32,heads=2", .. words]);
        Assert.Equal(2, run.Status);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("world:noise", "ngram", "nothing is known to be said in several ways", "phrasings-told=1,2")]
    [InlineData("world:facts:phrasings=1", "ngram", "nothing is known to be said in several ways", "phrasings-told=1,2")]
    [InlineData("world:noise", "parrot", "has no ingredients", "data=1/2,1")]
    public void What_would_change_nothing_is_refused(string source, string compressor, string says, string vary)
    {
        CliRun run = CliRun.Of("study", source, compressor, "--vary", vary, "--units", "20", "--blocks", "2");
        Assert.Equal(2, run.Status);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"blocks\": 3", "\"blocks\": 4")]
    [InlineData("\"rows\": [", "\"rows\": [null,")]
    [InlineData("\"name\": \"lost\"", "\"name\": \"generalized\"")]
    [InlineData("\"levels\": [", "\"levels\": null, \"others\": [")]
    [InlineData("\"schema\": 1", "\"schema\": 2")]
    [InlineData("\"kind\": \"study\"", "\"kind\": \"audit\"")]
    public void A_result_whose_parts_do_not_fit_is_refused(string part, string by)
    {
        string json = Path.Combine(_folder, "study.json");
        Assert.Equal(0, CliRun.Of([.. s_small, "--json", json]).Status);
        string text = File.ReadAllText(json), broken = text.Replace(part, by, StringComparison.Ordinal);
        Assert.NotEqual(text, broken);
        File.WriteAllText(json, broken);
        CliRun run = CliRun.Of("report", _folder);
        Assert.Equal(3, run.Status);
        Assert.Contains("no study that this version can read", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_says_what_would_be_seen_and_runs_no_more_than_a_pilot()
    {
        CliRun run = CliRun.Of([.. s_small, "--plan"]);
        Assert.Equal(0, run.Status);
        Assert.Contains("all 4 combinations", run.Words, StringComparison.Ordinal);
        Assert.Contains("From a pilot of 6 runs", run.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("is moved by", run.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_too_small_for_two_blocks_names_one_that_would_do()
    {
        CliRun run = CliRun.Of([.. s_small, "--budget", "0.00001"]);
        Assert.Equal(2, run.Status);
        Assert.Contains("two are the least".Replace("two", "2", StringComparison.Ordinal), run.Error, StringComparison.Ordinal);
    }

    // The command line stands in the result, and differs in threads and folders.
    private static string WithoutCommand(string folder) =>
        string.Join('\n', File.ReadAllLines(Path.Combine(folder, "study.json")).Where(line => !line.Contains("\"command\"", StringComparison.Ordinal)));
}
