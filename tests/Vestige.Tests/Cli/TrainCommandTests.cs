using System.Diagnostics;
using Vestige.Language;
using Vestige.Language.Registry;

namespace Vestige.Tests.Cli;

/// <summary><c>vestige train</c> as a user meets it: whole runs, broken ones, and what is refused.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private const string Tiny = "transformer:layers=1,width=32,heads=2,context=16,batch=2,steps=";

    private readonly Texts _texts = new();
    private readonly string _source;

    public TrainCommandTests() => _source = _texts.Write("source", 6, 1);

    public void Dispose() => _texts.Dispose();

    private string[] Command(string compressor, string file, params string[] more) => ["train", _source, compressor, "--out", _texts.Beside(file), "--threads", "2", .. more];

    [Theory]
    [InlineData("ngram:order=3", "n-grams of up to 3 bytes")]
    [InlineData(Tiny + "5", "a Transformer of 1 layers, width 32")]
    public void A_model_is_written_whole_and_read_back(string compressor, string words)
    {
        CliRun run = CliRun.Of(Command(compressor, "model"));
        Assert.Equal((0, true), (run.Status, run.Out.Contains(words, StringComparison.Ordinal)));
        Assert.Matches("(?m)^sha256 [0-9a-f]{64}$", run.Out);
        Assert.Equal([_texts.Beside("model")], Directory.GetFiles(_texts.Beside("")));
        ITextModel model = TextModelFile.Read(_texts.Beside("model"));
        // Six documents of a single section each.
        Assert.Equal(6, model.Documents.Count);
    }

    [Fact]
    public void Interrupted_it_saves_and_resumed_it_ends_as_if_it_had_not_been()
    {
        Assert.Equal(0, CliRun.Of(Command(Tiny + "1000", "unbroken")).Status);
        using var stop = new CancellationTokenSource();
        // The first checkpoint is written before the first step. On a thread of its own: the pool may have none left until the training is over.
        Task begun = Task.Factory.StartNew(() =>
        {
            while (!File.Exists(_texts.Beside("broken.checkpoint"))) Thread.Sleep(1);
            stop.Cancel();
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        CliRun broken = CliRun.Of(stop.Token, Command(Tiny + "1000", "broken"));
        Assert.Equal(130, broken.Status);
        Assert.Contains("broken.checkpoint holds the run: the same command with --resume goes on", broken.Error, StringComparison.Ordinal);
        Assert.Equal([_texts.Beside("broken.checkpoint"), _texts.Beside("unbroken")], Directory.GetFiles(_texts.Beside("")).Order());

        CliRun careless = CliRun.Of(Command(Tiny + "1000", "broken"));
        Assert.Equal((2, true), (careless.Status, careless.Error.Contains("give --resume to go on with it, or remove it to begin anew", StringComparison.Ordinal)));
        CliRun other = CliRun.Of(Command(Tiny + "1000,lr=0.5", "broken", "--resume"));
        Assert.Equal((3, true), (other.Status, other.Error.Contains("begun with other settings (LearningRate 0.01, not 0.5)", StringComparison.Ordinal)));

        Assert.Equal(0, CliRun.Of(Command(Tiny + "1000", "broken", "--resume")).Status);
        Assert.Equal(File.ReadAllBytes(_texts.Beside("unbroken")), File.ReadAllBytes(_texts.Beside("broken")));
        CliRun again = CliRun.Of(Command(Tiny + "1000", "broken", "--resume"));
        Assert.Equal((0, true), (again.Status, again.Error.Contains("is finished: there is nothing to go on with", StringComparison.Ordinal)));
        CliRun differs = CliRun.Of(Command(Tiny + "1000,lr=0.5", "broken", "--resume"));
        Assert.Equal((3, true), (differs.Status, differs.Error.Contains("trained with other settings (LearningRate 0.01, not 0.5)", StringComparison.Ordinal)));
        Assert.Equal(3, CliRun.Of(Command("ngram:order=3", "broken", "--resume")).Status);
        string[] elsewhere = Command(Tiny + "1000", "broken", "--resume");
        elsewhere[1] = _texts.Write("other", 6, seed: 99);
        CliRun text = CliRun.Of(elsewhere);
        Assert.Equal((3, true), (text.Status, text.Error.Contains("it was trained on other text", StringComparison.Ordinal)));
        Assert.Equal(File.ReadAllBytes(_texts.Beside("unbroken")), File.ReadAllBytes(_texts.Beside("broken")));
    }

    [Fact]
    public void Killed_at_random_moments_it_ends_with_the_weights_of_an_unbroken_run()
    {
        string[] command = Command(Tiny + "400", "broken", "--resume", "--save-every", "0.005");
        Assert.Equal(0, CliRun.Of(Command(Tiny + "400", "unbroken")).Status);
        var random = new Vestige.Numerics.Rng(1);
        int kills = 0;
        for (; kills < 3; kills++)
        {
            using Process process = CliRun.Start(new Dictionary<string, string>(), command);
            // From the first checkpoint on: before that there is nothing to kill.
            while (!File.Exists(_texts.Beside("broken.checkpoint")) && !process.HasExited) Thread.Sleep(5);
            if (process.WaitForExit(TimeSpan.FromSeconds(0.02 + (0.1 * random.NextDouble())))) break;
            process.Kill();
            process.WaitForExit();
        }
        Assert.InRange(kills, 1, 3);
        CliRun last = CliRun.Wait(CliRun.Start(new Dictionary<string, string>(), command));
        Assert.Equal(0, last.Status);
        Assert.Equal(File.ReadAllBytes(_texts.Beside("unbroken")), File.ReadAllBytes(_texts.Beside("broken")));
    }

    [Fact]
    public void Divergence_stops_with_3_and_keeps_the_last_good_checkpoint()
    {
        CliRun run = CliRun.Of(Command(Tiny + "200,lr=1,warmup=0,clip=0,optimizer=adamw", "model", "--save-every", "0"));
        Assert.Equal(3, run.Status);
        Assert.Contains("Training diverged at step", run.Error, StringComparison.Ordinal);
        Assert.Contains("Try a lower lr than 1", run.Error, StringComparison.Ordinal);
        Assert.Contains("model.checkpoint holds the last good state", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_texts.Beside("model")));
        CliRun sample = CliRun.Of("sample", _texts.Beside("model.checkpoint"), "--length", "20");
        Assert.Equal((0, true), (sample.Status, sample.Out.Length > 0));
    }

    [Theory]
    [InlineData("jpeg", "there is no compressor \"jpeg\". There are: ngram, ppm, cm, transformer")]
    [InlineData("ngram:order=2..4", "stands for 3 models; train one at a time")]
    [InlineData("transformer:heads=3", "width must be a multiple of 16 x heads")]
    [InlineData("transformer:layers=64,width=4096", "parameters")]
    public void What_cannot_be_trained_is_refused(string compressor, string words)
    {
        CliRun run = CliRun.Of(Command(compressor, "model"));
        Assert.Equal((2, true), (run.Status, run.Error.Contains(words, StringComparison.Ordinal)));
        Assert.Empty(Directory.GetFiles(_texts.Beside("")));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused_before_the_work()
    {
        CliRun inside = CliRun.Of("train", _source, "ngram", "--out", Path.Combine(_source, "model"));
        Assert.Equal((2, true), (inside.Status, inside.Error.Contains("is inside", StringComparison.Ordinal)));
        string text = Path.Combine(_source, "000.txt");
        Assert.Equal(2, CliRun.Of("train", text, "ngram", "--out", text).Status);
        Assert.Equal(3, CliRun.Of("train", text, "ngram", "--out", _source).Status);
        Assert.Equal(3, CliRun.Of("train", text, "ngram", "--out", _texts.Beside("missing/model")).Status);
        Assert.Equal(2, CliRun.Of("train", text, "ngram").Status);
    }

    [Fact]
    public void Text_that_cannot_be_used_is_named_and_the_rest_is_trained_on()
    {
        _texts.Add("source/empty.txt", []);
        _texts.Add("source/binary.txt", [0, 1, 2, 3, .. new byte[600]]);
        CliRun run = CliRun.Of(Command("ngram:order=2", "model"));
        Assert.Equal(0, run.Status);
        Assert.Contains("not used: empty.txt", run.Error, StringComparison.Ordinal);
        Assert.Contains("not used: binary.txt", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "is empty")]
    public void Too_little_text_says_how_much_is_needed(int bytes, string words)
    {
        string file = _texts.Add("little.txt", [.. Enumerable.Repeat((byte)'a', bytes)]);
        CliRun run = CliRun.Of("train", file, "ngram", "--out", _texts.Beside("model"));
        Assert.Equal(3, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_little_text_for_a_window_says_so()
    {
        string file = _texts.Add("little.txt", [.. Enumerable.Repeat((byte)'a', 600)]);
        CliRun run = CliRun.Of("train", file, "transformer:context=4096", "--out", _texts.Beside("model"));
        Assert.Equal(3, run.Status);
        Assert.Contains("context=4096 needs at least 4096", run.Error, StringComparison.Ordinal);
    }
}
