using System.Globalization;
using System.Text;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Registry;
using Vestige.Language.Transformer;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Parameters;
using Vestige.Models;
using Vestige.Models.Endpoints;
using Vestige.Models.Making;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Results.Json;
using Vestige.Specs;
using Vestige.Tests.Cli;
using Vestige.Tests.Images;
using Vestige.Tests.Language;

namespace Vestige.Tests.Models.Endpoints;

/// <summary>What can be asked of a server's model: samples, what strings cost, its training text; and what a kill costs.</summary>
public sealed class EndpointCommandTests : IDisposable
{
    private const int PassageBytes = 128;

    private static readonly string[] s_openings =
    [
        "It is a truth universally acknowledged, that a man of a good fortune must be in want of a wife. ",
        "It was the best of times, it was the worst of times, it was the season of light. ",
        "She was beginning to get very tired of sitting by the bank, and of having nothing to do. ",
        "Some years ago, having little money and nothing to interest me on shore, I thought I would sail about a little. ",
        "The river ran under the old bridge, and the boats lay in the mud until the tide came in again. ",
    ];

    private static readonly TextList s_documents = new(PassageBytes, [.. Enumerable.Range(0, 64).Select(Document)]);
    private static readonly ITextModel s_model = Train("ngram:order=5");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Strings_cost_what_they_cost_under_the_model()
    {
        using var server = new LoopbackServer(new ByteModelServer(s_model).Answer);
        string[] lines = ["in want of a wife", "zqx jkv", "x"];
        double[] bits = [.. Bits(Score(server.Url, lines, "must be "))];
        double given = s_model.Log2Probability(Text("must be "));
        for (int i = 0; i < lines.Length; i++) Assert.Equal(given - s_model.Log2Probability(Text("must be " + lines[i])), bits[i], 0.0051);
    }

    [Fact]
    public void Where_the_most_probable_tokens_alone_are_told_bits_are_at_least_so_many()
    {
        using var server = new LoopbackServer(new ByteModelServer(s_model) { Offers = "completions logprobs" }.Answer);
        string[] lines = ["in want of a wife", "zqx jkv"];
        CliRun run = Score(server.Url, lines, "must be ");
        Assert.Contains("the server tells the 5 most probable tokens alone", run.Error, StringComparison.Ordinal);
        double given = s_model.Log2Probability(Text("must be "));
        double[] bits = [.. Bits(run)];
        // Of what it knows by heart every byte is among the first five; of the other none.
        Assert.Equal(given - s_model.Log2Probability(Text("must be " + lines[0])), bits[0], 0.0051);
        // Of its two words two bytes are counted, each beyond the first five.
        Assert.InRange(bits[1], 10, given - s_model.Log2Probability(Text("must be " + lines[1])) + 0.01);
        Assert.Contains(">=", run.Out.Split(Environment.NewLine)[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_tells_nothing_scores_nothing()
    {
        using var server = new LoopbackServer(new ByteModelServer(s_model) { Offers = "completions" }.Answer);
        CliRun run = CliRun.Of("score", Name(server.Url), _folder.Write("lines.txt", "a\n"u8.ToArray()));
        Assert.Equal((3, ""), (run.Status, run.Out));
        Assert.Contains("scores nothing: the server tells none of a given text", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endpoint:nonsense,model=x", 2, "nonsense is none")]
    [InlineData("endpoint:http://127.0.0.1:9", 2, "needs the model's name there")]
    [InlineData("endpoint:http://127.0.0.1:9,modle=b", 2, "Did you mean model?")]
    [InlineData("endpoint:http://127.0.0.1:9,model=x,key-env=VESTIGE_NO_SUCH", 2, "has no variable of that name")]
    public void A_name_that_is_wrong_is_the_command_lines_fault(string name, int status, string words)
    {
        string lines = _folder.Write("lines.txt", "a\n"u8.ToArray());
        foreach (CliRun run in new[] { CliRun.Of("score", name, lines), CliRun.Of("sample", name, "--out", Path.Combine(_folder.Path, "out")) })
        {
            Assert.Equal((status, ""), (run.Status, run.Out));
            Assert.Contains(words, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("fault of vestige", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_server_that_is_down_is_said_in_words_of_the_command()
    {
        string name = $"endpoint:{LoopbackServer.Nobody()},model=x,retries=0", lines = _folder.Write("lines.txt", "a\n"u8.ToArray());
        CliRun score = CliRun.Of("score", name, lines), sample = CliRun.Of("sample", name, "--out", Path.Combine(_folder.Path, "out"));
        Assert.Equal((3, 3), (score.Status, sample.Status));
        Assert.Contains("cannot be reached", score.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--out", score.Error, StringComparison.Ordinal);
        Assert.Contains("the same command asks only for the rest", sample.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_are_the_servers_and_a_run_that_was_broken_off_goes_on()
    {
        int left = 7;
        using var server = new LoopbackServer((path, body) => --left < 0 ? new Reply(403, "{}") : new ByteModelServer(s_model).Answer(path, body));
        string drawn = Path.Combine(_folder.Path, "drawn");
        string[] command = ["sample", Name(server.Url), "--count", "9", "--length", "24", "--seed", "5", "--prompt", "It was ", "--out", drawn];
        CliRun broken = CliRun.Of(command);
        Assert.Equal(3, broken.Status);
        Assert.InRange(Directory.GetFiles(drawn, "?.txt").Length, 3, 8);
        left = int.MaxValue;
        Assert.Equal(0, CliRun.Of(command).Status);
        Assert.Equal(9, Directory.GetFileSystemEntries(drawn).Length);
        // But the request that was refused, and the one by which it is seen that it answers.
        Assert.Equal(server.Bodies.Distinct().Count() + 2, server.Bodies.Count);
        Assert.All(Directory.GetFiles(drawn), file => Assert.Equal((31, "It was "), (new FileInfo(file).Length, File.ReadAllText(file)[..7])));
        CliRun over = CliRun.Of(command);
        Assert.Equal((3, true), (over.Status, over.Error.Contains("is not empty", StringComparison.Ordinal)));
        CliRun other = CliRun.Of("sample", Name(server.Url), "--temperature", "0.5");
        Assert.Equal((2, true), (other.Status, other.Error.Contains("a server is told in its name", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_a_model_here_drew_goes_on_too()
    {
        string model = Path.Combine(_folder.Path, "a.model"), drawn = Path.Combine(_folder.Path, "drawn");
        using (FileStream file = File.Create(model)) s_model.Write(file);
        string[] command = ["sample", model, "--count", "70", "--length", "24", "--out", drawn];
        Assert.Equal(0, CliRun.Of(command).Status);
        Dictionary<string, string> whole = Directory.GetFiles(drawn).ToDictionary(file => file, File.ReadAllText);
        // As a kill leaves it: some are missing, and the mark stands.
        Directory.Delete(drawn, true);
        using (var cancelled = new CancellationTokenSource())
        {
            cancelled.Cancel();
            Assert.Equal(130, CliRun.Of(cancelled.Token, command).Status);
        }
        foreach (string file in whole.Keys.Order(StringComparer.Ordinal).Where((_, i) => i is 0 or 1 or 5 or 66)) File.WriteAllText(file, whole[file]);
        Assert.Equal(3, CliRun.Of(["sample", model, "--count", "70", "--length", "25", "--out", drawn]).Status);
        Assert.Equal(0, CliRun.Of(command).Status);
        Assert.Equal(whole, Directory.GetFileSystemEntries(drawn).ToDictionary(file => file, File.ReadAllText));
    }

    [Fact]
    public void What_it_has_by_heart_comes_out_of_a_server_as_of_the_model_itself()
    {
        using var server = new LoopbackServer(new ByteModelServer(s_model).Answer);
        string model = Path.Combine(_folder.Path, "a.model");
        using (FileStream file = File.Create(model)) s_model.Write(file);
        CliRun run = CliRun.Of([.. Command(server.Url, "all", ",continued=200"), "model:" + model, "--extract", "tries=40"]);
        Assert.True(run.Status == 0, run.Error + run.Out);
        ExtractionReport[] tried = [.. Result("all").Rows.Select(row => row.Extraction).OfType<ExtractionReport>()];
        Assert.True(tried.Length == 2, run.Out);
        Assert.InRange(tried[0].TrainingExact, 1, tried[0].TrainingTried);
        Assert.Equal((tried[1].TrainingTried, tried[1].TrainingExact, tried[1].HeldOutTried, tried[1].HeldOutExact),
            (tried[0].TrainingTried, tried[0].TrainingExact, tried[0].HeldOutTried, tried[0].HeldOutExact));
        // Sums of logarithms in another order.
        Assert.Equal(tried[1].TrainingWithinDraws!.Value, tried[0].TrainingWithinDraws!.Value, 1e-6);

    }

    /// <summary>Going on is dear, and what only talks does not go on.</summary>
    [Theory]
    [InlineData("completions echo", "", 50)]
    [InlineData("completions echo", ",continued=3", 3)]
    [InlineData("completions", ",continued=0", 0)]
    [InlineData("chat", ",continued=3", 0)]
    public void It_is_asked_to_go_on_as_often_as_is_said(string offers, string options, int most)
    {
        using var server = new LoopbackServer(new ByteModelServer(s_model) { Offers = offers }.Answer);
        var compressor = new EndpointCompressor(Spec.Parse(Name(server.Url) + options, [EndpointCompressor.Row])[0]);
        Assert.Equal(most, compressor.Open([], [], PassageBytes, null, TestContext.Current.CancellationToken).MostContinued);
    }

    /// <summary>A service that only talks is given them as what a user says; one that is not asked for T is given them all the same.</summary>
    [Theory]
    [InlineData("chat", "", true)]
    [InlineData("completions", ",continued=0", false)]
    public void Your_own_prompts_are_asked_of_any_server(string offers, string options, bool asMessages)
    {
        // What talks repeats what it was told before it goes on.
        const string prefix = "It is a truth univ";
        string suffix = Encoding.ASCII.GetString(s_model.Complete([Encoding.ASCII.GetBytes(prefix)], 20, null, TestContext.Current.CancellationToken)[0]);
        using var server = new LoopbackServer((path, body) =>
        {
            Reply reply = new ByteModelServer(s_model) { Offers = offers }.Answer(path, body);
            return reply with { Body = reply.Body.Replace("\"content\":\"" + suffix, $"\"content\":\"Gladly: {prefix}{suffix}", StringComparison.Ordinal) };
        });
        string prompts = _folder.Write("prompts.jsonl", Encoding.UTF8.GetBytes($$"""{"prefix":"{{prefix}}","suffix":"{{suffix}}"}""" + "\n{\"prefix\":\"The river\",\"suffix\":\"zqx\"}\n"));
        CliRun run = CliRun.Of([.. Command(server.Url, "asked", options), "--prompts", prompts]);
        Assert.True(run.Status == 0, run.Error + run.Out);
        ExtractionReport asked = Result("asked").Rows.Select(row => row.Extraction).OfType<ExtractionReport>().Single();
        Assert.Equal((0, 0, asMessages), (asked.TrainingTried, asked.HeldOutTried, asked.AsMessages));
        Assert.Equal(asMessages ? "a service that only talks does not go on from a beginning" : "it is not asked to go on from a beginning", asked.Difference.Why);
        Assert.Equal([true, false], asked.Prompts.Select(prompt => prompt.Exact));
        Assert.StartsWith(asMessages ? "Gladly: It is a truth univ" + suffix : suffix, asked.Prompts[0].Said, StringComparison.Ordinal);
        string body = asMessages ? $$"""/v1/chat/completions {"model":"bytes","messages":[{"role":"user","content":"{{prefix}}"}],"max_tokens":""" : $$"""/v1/completions {"model":"bytes","prompt":"{{prefix}}","max_tokens":""";
        Assert.Contains(server.Bodies, sent => sent.StartsWith(body, StringComparison.Ordinal) && sent.EndsWith("\"temperature\":0}", StringComparison.Ordinal));
        Assert.Contains(asMessages ? "to answer 2 prompts, each sent as a user's message" : "to go on from 2 beginnings", run.Error, StringComparison.Ordinal);
        Assert.Contains(asMessages ? $": to the message \"{prefix}\" -> \"Gladly: " : $": \"{prefix}\" -> \"{suffix}", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 of 2 of your prompts are answered", run.Out, StringComparison.Ordinal);
    }

    /// <summary>Killed in the middle, at any request: the same command ends with the same result, and asks nothing twice but what was on its way.</summary>
    [Fact]
    public void Killed_it_asks_nothing_twice()
    {
        using var killed = new ManualResetEventSlim();
        int until = 60;
        using var server = new LoopbackServer((path, body) =>
        {
            Reply reply = new ByteModelServer(s_model).Answer(path, body);
            if (--until == 0) killed.Set();
            // The rest of this answer is never read.
            if (until <= 0 && killed.IsSet && until > -1) Thread.Sleep(500);
            return reply;
        });
        string[] command = Command(server.Url, "out", "");
        using (System.Diagnostics.Process process = CliRun.Start(new Dictionary<string, string>(), command))
        {
            Assert.True(killed.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
            process.Kill();
            process.WaitForExit();
        }
        string[] before = [.. server.Bodies];
        CliRun again = CliRun.Wait(CliRun.Start(new Dictionary<string, string>(), command));
        Assert.True(again.Status == 0, again.Error);
        string[] after = [.. server.Bodies.Skip(before.Length)];
        // The self-test asks four prompts a second time, under another name: those are no repetition of what is kept.
        string[] twice = [.. after.Intersect(before)];
        Assert.InRange(twice.Length, 0, 1);
        Assert.Equal(0, CliRun.Of(Command(server.Url, "whole", "")).Status);
        Assert.Equal(Repeatable("whole"), Repeatable("out"));
    }

    /// <summary>The bits of a GGUF file, whether llama.cpp is asked here or behind a server.</summary>
    [Theory]
    [InlineData("completions echo")]
    [InlineData("completions logprobs")]
    public void A_server_that_answers_through_gguf_tells_the_bits_of_gguf(string offers)
    {
        GgufText model = Exported();
        using var server = new LoopbackServer(new ByteModelServer(model) { Offers = offers }.Answer);
        // Weights at random know no words, so that the self-test would refuse what they say: no text is given to it.
        var compressor = new EndpointCompressor(Spec.Parse(Name(server.Url), [EndpointCompressor.Row])[0]);
        EndpointText text = compressor.Open([], [], PassageBytes, null, TestContext.Current.CancellationToken);
        foreach (string line in new[] { "the sea and", "It was", "a" })
        {
            double exact = model.Log2Probability(Text(line));
            if (offers.EndsWith("echo", StringComparison.Ordinal))
            {
                Assert.Equal(exact, text.Session.Scorer.Whole(Encoding.UTF8.GetBytes(line), true, 0, TestContext.Current.CancellationToken)!.Value, 1e-9 * line.Length);
                continue;
            }
            TextBounds bounds = text.Session.Scorer.Between(Encoding.UTF8.GetBytes(line), int.MaxValue, 0, TestContext.Current.CancellationToken)!.Value;
            Assert.InRange(exact, bounds.Low - 1e-9, bounds.High + 1e-9);
        }
    }

    private GgufText Exported()
    {
        var options = new GptOptions { Layers = 1, Width = 32, Heads = 2, Context = 160, Activation = Activation.SwiGlu };
        var rng = new Rng(3);
        float[] values = [.. Enumerable.Range(0, new ParameterTable(options).Length).Select(_ => 0.6f * ((float)rng.NextDouble() - 0.5f))];
        string path = Path.Combine(_folder.Path, "model.gguf");
        using (FileStream file = File.Create(path)) GgufExport.Write(file, new TransformerText("model", new Gpt(options, values, [], []), SamplingOptions.Plain, 64));
        return GgufText.Read(path);
    }

    private string[] Command(string url, string name, string options)
    {
        for (int i = 0; i < 64; i++) _folder.Write($"{(i < 32 ? "train" : "kept")}/{i:00}.txt", Encoding.ASCII.GetBytes(Document(i)));
        return ["audit", "--train", $"{_folder.Path}/train", "--heldout", $"{_folder.Path}/kept", "--passage", $"{PassageBytes}", "--units", "20",
            Name(url) + options, "--out", $"{_folder.Path}/{name}"];
    }

    private AuditResult Result(string name) => ResultJson.FromUtf8(File.ReadAllBytes($"{_folder.Path}/{name}/results.json"));

    private string Repeatable(string name)
    {
        AuditResult result = Result(name);
        return Encoding.UTF8.GetString(ResultJson.ToUtf8(result with { Speed = [], Run = result.Run with { Command = "" } }));
    }

    private CliRun Score(string url, string[] lines, string prompt)
    {
        CliRun run = CliRun.Of("score", Name(url), _folder.Write("lines.txt", Encoding.UTF8.GetBytes(string.Join('\n', lines))), "--prompt", prompt);
        Assert.True(run.Status == 0, run.Error);
        return run;
    }

    private static IEnumerable<double> Bits(CliRun run) => run.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(line => double.Parse(line.Split('\t')[0].TrimStart('>', '='), CultureInfo.InvariantCulture));

    private static Passage Text(string text) => new(Encoding.UTF8.GetBytes(text), "text", 0);

    private static string Name(string url) => $"endpoint:{url},model={ByteModelServer.Name}";

    private static string Document(int i)
    {
        var rng = new Rng((ulong)i);
        string[] said = [.. Enumerable.Range(0, 4).Select(_ => s_openings[(int)(rng.NextDouble() * s_openings.Length)])];
        return string.Concat(said);
    }

    private static ITextModel Train(string name)
    {
        Spec spec = Spec.Parse(name, [.. TextModels.Rows])[0];
        return (ITextModel)((CompressorRow<Passage>)spec.Row).Create(spec).Compress(new Training<Passage>([.. s_documents.Entries.Take(32)], 1), null, CancellationToken.None);
    }
}
