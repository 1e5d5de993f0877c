using System.Text;
using System.Text.Json;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Registry;
using Vestige.Models.Endpoints;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Tests.Cli;
using Vestige.Tests.Images;
using Vestige.Tests.Language;

namespace Vestige.Tests.Models.Endpoints;

public sealed partial class EndpointTests : IDisposable
{
    private const int PassageBytes = 64;

    private static readonly string[] s_sentences = [.. Enumerable.Range(0, 40).Select(i => $"The {Word(i)} {Word(i * 7)} that stood in the {Word(i * 3)} was {Word(i * 11)} and {Word(i + 5)}, ")];
    private static readonly TextList s_documents = new(PassageBytes,
        [.. Enumerable.Range(0, 24).Select(i => string.Concat(Enumerable.Range(0, 8).Select(k => s_sentences[((i * 11) + (k * (i + 3))) % 40])))]);
    private static readonly Training<Passage> s_training = new([.. s_documents.Entries.Take(12)], 1);
    private static readonly Passage[] s_heldOut = [.. s_documents.Passages.Skip(12).SelectMany(passages => passages.Take(2))];
    private static readonly ITextModel s_model = (ITextModel)((CompressorRow<Passage>)Spec.Parse("ngram:order=4", [.. TextModels.Rows])[0].Row)
        .Create(Spec.Parse("ngram:order=4", [.. TextModels.Rows])[0]).Compress(s_training, null, CancellationToken.None);

    private readonly TempFolder _folder = new();
    private readonly List<TimeSpan> _waits = [];
    private readonly List<string> _said = [];

    public EndpointTests() => EndpointMessages.Send(_said.Add);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("completions echo", "echo")]
    [InlineData("completions prompt_logprobs", "prompt_logprobs")]
    public void Where_the_server_tells_what_a_prompt_costs_the_bits_are_those_of_the_model_itself(string offers, string by)
    {
        using var server = new LoopbackServer(new ByteModelServer(s_model) { Offers = offers }.Answer);
        EndpointCompressor row = Row(server.Url);
        var density = Assert.IsType<IDensity<Passage>>(row.Compress(s_training, null, CancellationToken.None), exactMatch: false);
        // Sums of logarithms in another order, and of base e.
        foreach (Passage passage in s_heldOut) Assert.Equal(s_model.Log2Probability(passage), density.Log2Probability(passage), 1e-9 * PassageBytes);
        Assert.Contains(row.Notices, notice => notice.Contains("probabilities: by " + by, StringComparison.Ordinal));
        Assert.Contains(_said, line => line.Contains("1,500 requests of about 24,000 tokens for probabilities", StringComparison.Ordinal));
        Assert.IsAssignableFrom<ITrainedElsewhere>(density);
    }

    /// <summary>With and without being told how it cuts a text.</summary>
    [Theory]
    [InlineData("completions logprobs", 20)]
    [InlineData("completions listed", 20)]
    [InlineData("completions listed tokenize", 4)]
    public void Where_it_tells_the_five_most_probable_tokens_the_bounds_hold_in_every_passage(string offers, int loose)
    {
        using var server = new LoopbackServer(new ByteModelServer(s_model) { Offers = offers }.Answer);
        var bounded = Assert.IsType<IBoundedDensity<Passage>>(Row(server.Url).Compress(s_training, null, CancellationToken.None), exactMatch: false);
        Assert.Equal("the server tells the 5 most probable tokens alone", bounded.WhyBounded);
        int open = 0;
        foreach (Passage passage in s_heldOut)
        {
            (double low, double high) = bounded.Log2Bounds(passage);
            Assert.InRange(s_model.Log2Probability(passage), low - 1e-9, high + 1e-9);
            // Useful: not far above what is so, for few bytes are beyond the first five.
            Assert.InRange(high, double.MinValue, -0.5 * PassageBytes / loose);
            open += double.IsInfinity(low) ? 1 : 0;
        }
        Assert.InRange(open, 1, s_heldOut.Length);
    }

    [Theory]
    [InlineData("completions logprobs")]
    [InlineData("completions listed")]
    [InlineData("completions listed tokenize")]
    public void Where_all_tokens_are_told_the_bounds_meet(string offers)
    {
        using var server = new LoopbackServer(new ByteModelServer(s_model) { Offers = offers, Top = 256 }.Answer);
        var bounded = (IBoundedDensity<Passage>)Row(server.Url).Compress(s_training, null, CancellationToken.None);
        (double low, double high) = bounded.Log2Bounds(s_heldOut[0]);
        Assert.Equal(low, high);
        Assert.Equal(s_model.Log2Probability(s_heldOut[0]), low, 1e-9 * PassageBytes);
    }

    [Fact]
    public void Texts_are_of_the_length_of_passages_and_the_same_seed_draws_the_same()
    {
        using var server = new LoopbackServer(new ByteModelServer(s_model).Answer);
        byte[][] one = Drawn(Row(server.Url), 6), two = Drawn(Row(server.Url), 3);
        Assert.All(one, text => Assert.Equal(PassageBytes, text.Length));
        Assert.Equal(one.Take(3), two);
        Assert.Equal(6, one.Select(Encoding.ASCII.GetString).Distinct().Count());
        // 64/3 + 16 tokens of a byte are not 64: each was asked for twice.
        Assert.Contains(_said, line => line.StartsWith($"bytes at {server.Url}/v1: 6 requests of about 96 tokens to draw 6 passages", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_was_broken_off_asks_nothing_twice()
    {
        int left = 20;
        using var server = new LoopbackServer((path, body) => --left < 0 ? new Reply(403, "{}") : new ByteModelServer(s_model).Answer(path, body));
        Assert.Throws<EndpointException>(() => Drawn(Row(server.Url), 10, _folder.Path));
        int first = server.Bodies.Count;
        left = int.MaxValue;
        byte[][] texts = Drawn(Row(server.Url), 10, _folder.Path);
        // But the one that was refused.
        Assert.Equal(server.Bodies.Count - 1, server.Bodies.Distinct().Count() + RepeatedBySelfTest);
        Assert.InRange(server.Bodies.Count, first + 1, 60);
        int second = server.Bodies.Count;
        Assert.Equal(texts, Drawn(Row(server.Url), 10, _folder.Path));
        Assert.Equal(second, server.Bodies.Count);
        Assert.Equal(texts, Drawn(Row(server.Url), 10));
    }

    // The same prompts asked again, by which it is seen that they repeat.
    private const int RepeatedBySelfTest = 4;

    [Fact]
    public void What_may_pass_is_tried_again_ever_later_or_when_the_server_says()
    {
        var replies = new Queue<Reply?>([
            new Reply(500, "down"), new Reply(429, "slow down", "Retry-After: 7\r\n"), new Reply(200, "{\"choices\":[{\"text\""), null, new Reply(200, "<html>busy</html>"),
        ]);
        using var server = new LoopbackServer((path, body) => (replies.TryDequeue(out Reply? reply) ? reply : null) ?? new ByteModelServer(s_model).Answer(path, body));
        Assert.Equal(2, Drawn(Row(server.Url, ",probabilities=none"), 2).Length);
        Assert.Equal([0.5, 7, 2, 0.5], _waits.Select(wait => wait.TotalSeconds));
        Assert.Contains(_said, line => line.EndsWith("answered with status 429: slow down: once more in 7 s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500, "{\"error\":\"no memory\"}", "answered with status 500: {\"error\":\"no memory\"} (3 tries)")]
    [InlineData(429, "", "answered with status 429 (3 tries)")]
    [InlineData(401, "{}", "answered with status 401: it wants a key; name the variable that holds it with key-env=VARIABLE")]
    [InlineData(302, "", "answered with status 302: it sends elsewhere, which is not followed; give the address itself")]
    [InlineData(200, "<!doctype html><p>Hello", "answered with a web page instead of JSON: is the address right?: <!doctype html><p>Hello")]
    [InlineData(200, "{\"choices\":[{\"te", "answered with what is no whole JSON object: {\"choices\":[{\"te (3 tries)")]
    [InlineData(200, "[]", "answered with what is no whole JSON object: [] (3 tries)")]
    [InlineData(200, "{}", "answered without a choice")]
    [InlineData(200, "{\"choices\":[{}]}", "answered without a text")]
    [InlineData(200, "{\"model\":\"gpt-9\",\"choices\":[{\"text\":\"a\"}]}", "answered as another model, \"gpt-9\"; if that is meant, say model=gpt-9")]
    [InlineData(200, "{\"model\":\"kilobytes\",\"choices\":[{\"text\":\"a\"}]}", "answered as another model, \"kilobytes\"; if that is meant, say model=kilobytes")]
    public void What_a_server_does_wrong_is_the_rows_reason(int status, string body, string reason)
    {
        using var server = new LoopbackServer((_, _) => new Reply(status, body));
        string message = Assert.Throws<UnusableDocumentException>(() => Row(server.Url, ",retries=2,probabilities=none").Compress(s_training, null, CancellationToken.None)).Message;
        Assert.EndsWith(" " + reason, message, StringComparison.Ordinal);
        Assert.StartsWith($"bytes at {server.Url}/v1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_where_tokens_would_be_told_costs_no_waiting()
    {
        using var server = new LoopbackServer((path, body) => path == "/tokenize" ? new Reply(200, "<html>chat</html>")
            : new ByteModelServer(s_model) { Offers = "completions listed" }.Answer(path, body));
        Assert.IsAssignableFrom<IBoundedDensity<Passage>>(Row(server.Url, ",top=5").Compress(s_training, null, CancellationToken.None));
        Assert.Empty(_waits);
    }

    [Theory]
    [InlineData("\"token_logprobs\":[null,", "\"token_logprobs\":[null,NaN,", "answered with NaN where a number belongs, which JSON has no word for (probabilities=none asks for texts alone): …")]
    [InlineData("\"token_logprobs\":[null,-", "\"token_logprobs\":[null,", "tells a logarithm of a probability that is none")]
    [InlineData("\"choices\"", "\"chosen\"", "answered without a choice")]
    [InlineData("\"model\":\"bytes\"", "\"model\":\"other\"", "answered as another model, \"other\"")]
    public void Probabilities_that_cannot_be_so_are_no_score(string from, string to, string reason)
    {
        using var server = new LoopbackServer(new ByteModelServer(s_model) { Change = text => text.Replace(from, to, StringComparison.Ordinal) }.Answer);
        string message = Assert.Throws<UnusableDocumentException>(() => Row(server.Url, ",retries=1").Compress(s_training, null, CancellationToken.None)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_tokens_are_no_score()
    {
        const string few = "{\"choices\":[{\"text\":\"x\",\"logprobs\":{\"tokens\":[\"a\",\"x\"],\"token_logprobs\":[-1.5,-1],\"text_offset\":[0,1024]}}]}";
        var training = new Training<Passage>(new TextList(1024, [.. Enumerable.Range(0, 4).Select(i => string.Concat(s_sentences.Skip(i).Take(30)))]).Entries, 1);
        using var server = new LoopbackServer((_, _) => new Reply(200, few));
        string message = Assert.Throws<UnusableDocumentException>(() => Row(server.Url).Compress(training, null, CancellationToken.None)).Message;
        Assert.EndsWith("tells 1 tokens of a prompt of 1024 characters, which are too few", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_that_does_not_know_the_text_is_refused_and_the_texts_are_kept()
    {
        // Every token one in a thousand, whatever stands there.
        using var chance = new LoopbackServer(new ByteModelServer(s_model)
        {
            Change = text => System.Text.RegularExpressions.Regex.Replace(text, "\"token_logprobs\":\\[null,[^\\]]*\\]",
                match => "\"token_logprobs\":[null" + string.Concat(Enumerable.Repeat(",-6.9", match.Value.Count(c => c == ','))) + "]"),
        }.Answer);
        EndpointCompressor row = Row(chance.Url);
        ICompressed<Passage> texts = row.Compress(s_training, null, CancellationToken.None);
        Assert.IsNotType<IDensity<Passage>>(texts, exactMatch: false);
        Assert.IsType<IGenerator<Passage>>(texts, exactMatch: false);
        Assert.Contains(row.Notices, notice => notice.Contains("no probabilities: the self-test fails: words in random order cost ", StringComparison.Ordinal));

        int asked = 0;
        using var restless = new LoopbackServer(new ByteModelServer(s_model)
        {
            Change = text => text.Replace("\"token_logprobs\":[null,-", $"\"token_logprobs\":[null,-{++asked * 10}", StringComparison.Ordinal),
        }.Answer);
        row = Row(restless.Url);
        Assert.IsNotType<IDensity<Passage>>(row.Compress(s_training, null, CancellationToken.None), exactMatch: false);
        Assert.Contains(row.Notices, notice => notice.Contains("no probabilities: the self-test fails: the same prompts cost ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_that_is_down_or_slow_is_told_with_its_time()
    {
        string nobody = LoopbackServer.Nobody();
        Assert.Matches("^bytes at .* cannot be reached: .* \\(2 tries\\)$",
            Assert.Throws<UnusableDocumentException>(() => Row(nobody, ",retries=1").Compress(s_training, null, CancellationToken.None)).Message);
        using var slow = new LoopbackServer((_, _) =>
        {
            Thread.Sleep(400);
            return new Reply(200, "{}");
        });
        Assert.EndsWith(" did not answer within 0.1 s",
            Assert.Throws<UnusableDocumentException>(() => Row(slow.Url, ",retries=0,timeout=0.1").Compress(s_training, null, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_sent_and_stands_in_no_file_message_or_name()
    {
        const string key = "sk-very-secret-1234", variable = "VESTIGE_TEST_ENDPOINT_KEY";
        Environment.SetEnvironmentVariable(variable, key);
        bool refuse = false;
        using var server = new LoopbackServer((path, body) => refuse ? new Reply(500, $"no quota for {key}")
            : new ByteModelServer(s_model) { Change = text => text.Replace("\"object\"", $"\"echoed\":\"{key}\",\"object\"", StringComparison.Ordinal) }.Answer(path, body));
        EndpointCompressor row = Row(server.Url, $",key-env={variable},retries=1");
        ICompressed<Passage> texts = row.Compress(new Training<Passage>(s_training.Documents, 1) { Shelf = new FolderShelf(_folder.Path) }, null, CancellationToken.None);
        Assert.Equal("Bearer " + key, server.Authorization);
        refuse = true;
        string message = Assert.Throws<EndpointException>(() => ((IGenerator<Passage>)texts).Sample(1, 5, null, CancellationToken.None).ToArray()).Message;
        Assert.Contains("no quota for [key]", message, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(_folder.Path));
        var identified = (IIdentified)texts;
        IEnumerable<string> everything = [.. Directory.GetFiles(_folder.Path).Select(File.ReadAllText),
            .. row.Notices, .. _said, row.Name, identified.Settings!, identified.Identity];
        Assert.DoesNotContain(everything, text => text.Contains(key, StringComparison.Ordinal));
        Assert.DoesNotContain(key, new EndpointOptions("u", "m") { Key = new Secret(key) }.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endpoint:here,model=m", "needs the address of a server")]
    [InlineData("endpoint:ftp://here,model=m", "needs the address of a server")]
    [InlineData("endpoint:http://user:key@here,model=m", "holds no name, password or key")]
    [InlineData("endpoint:http://here/v1?key=abc,model=m", "holds no name, password or key")]
    [InlineData("endpoint:http://here", "needs the model's name there")]
    [InlineData("endpoint:http://here,model=m,key-env=VESTIGE_NO_SUCH_VARIABLE", "the environment has no variable of that name")]
    public void What_cannot_be_asked_is_said_before(string text, string reason)
    {
        Spec spec = Spec.Parse(text, [EndpointCompressor.Row])[0];
        Assert.Contains(reason, Assert.Throws<SpecException>(() => EndpointCompressor.Row.Create(spec)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_requests_than_are_allowed_are_refused_before_the_first_of_them()
    {
        using var server = new LoopbackServer(new ByteModelServer(s_model).Answer);
        var texts = (IGenerator<Passage>)Row(server.Url, ",requests=30,probabilities=none").Compress(s_training, null, CancellationToken.None);
        int before = server.Bodies.Count;
        string message = Assert.Throws<EndpointException>(() => texts.Sample(30, 1, null, CancellationToken.None).ToArray()).Message;
        Assert.Contains("30 requests of about 480 tokens to draw 30 passages: with 1 made that is more than requests=30", message, StringComparison.Ordinal);
        Assert.Equal(before, server.Bodies.Count);
    }

    [Fact]
    public void A_server_that_only_talks_is_asked_so_and_texts_go_on_from_the_first_words_of_documents()
    {
        _folder.Write("kept/a.jsonl", "{\"text\":\"One two three four five\"}\n{\"text\":\"  Six seven\\neight nine\"}"u8.ToArray());
        using var server = new LoopbackServer(new ByteModelServer(s_model) { Offers = "chat" }.Answer);
        EndpointCompressor row = Row(server.Url, $",prompts={_folder.Path}/kept,words=3");
        var generator = (IGenerator<Passage>)row.Compress(s_training, null, CancellationToken.None);
        byte[][] texts = [.. generator.Sample(3, 1, null, CancellationToken.None).Select(items => items[0].Bytes.ToArray())];
        // One answer each: what talks does not go on from where it stopped.
        Assert.All(texts, text => Assert.Equal((PassageBytes / 3) + 16, text.Length));
        Assert.Equal(["One two three", "  Six seven\neight", "One two three"], server.Bodies.TakeLast(3).Select(Said));
        Assert.Contains(row.Notices, notice => notice.Contains($"texts go on from 2 beginnings out of {_folder.Path}/kept, 3 words of a document", StringComparison.Ordinal));
        Assert.Contains(row.Notices, notice => notice.EndsWith("no probabilities: the server tells none of a given text", StringComparison.Ordinal));

        static string Said(string body)
        {
            using var document = JsonDocument.Parse(body[body.IndexOf('{', StringComparison.Ordinal)..]);
            return document.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
        }
    }

    [Fact]
    public void An_audit_of_a_server_is_one_of_its_model()
    {
        for (int i = 0; i < 24; i++)
            _folder.Write($"{(i < 12 ? "train" : "kept")}/{i:00}.txt", [.. s_documents.Passages[i].SelectMany(passage => passage.Bytes.ToArray())]);
        using var server = new LoopbackServer(new ByteModelServer(s_model).Answer);
        string[] command = ["audit", "--train", $"{_folder.Path}/train", "--heldout", $"{_folder.Path}/kept", "--passage", "64", "--units", "20",
            $"endpoint:{server.Url},model=bytes", "--json", $"{_folder.Path}/result.json"];
        var run = CliRun.Of(command);
        Assert.True(run.Status == 0, run.Error + run.Out);
        Assert.Contains("requests of about", run.Error, StringComparison.Ordinal);
        using var result = JsonDocument.Parse(File.ReadAllText($"{_folder.Path}/result.json"));
        JsonElement row = result.RootElement.GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("name").GetString()!.StartsWith("endpoint", StringComparison.Ordinal));
        Assert.InRange(row.GetProperty("bits").GetProperty("rate").GetProperty("value").GetDouble(), 0.1, 8);

        var down = CliRun.Of("audit", "--train", $"{_folder.Path}/train", "--heldout", $"{_folder.Path}/kept", "--passage", "64", "--units", "20",
            $"endpoint:{LoopbackServer.Nobody()},model=bytes,retries=0");
        Assert.Equal(3, down.Status);
        Assert.Contains("cannot be reached", down.Error, StringComparison.Ordinal);
    }

    private static string Word(int i) => new(["bcdfglmnprstvw"[i % 14], "aeiou"[i % 5], "bdglmnprst"[i * 3 % 10], "aeiou"[i / 3 % 5]]);

    private EndpointCompressor Row(string url, string options = "") =>
        new(Spec.Parse($"endpoint:{url},model={ByteModelServer.Name}{options}", [EndpointCompressor.Row])[0], (time, _) => _waits.Add(time));

    private static byte[][] Drawn(EndpointCompressor row, int count, string? folder = null)
    {
        var training = new Training<Passage>(s_training.Documents, 1) { Shelf = folder is null ? null : new FolderShelf(folder) };
        var generator = (IGenerator<Passage>)row.Compress(training, null, CancellationToken.None);
        return [.. generator.Sample(count, 5, null, CancellationToken.None).Select(items => items[0].Bytes.ToArray())];
    }

    private sealed class FolderShelf(string folder) : IShelf
    {
        public string? Find(string name) => File.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name) : null;

        public void Keep(string name, Action<Stream> write)
        {
            using FileStream stream = File.Create(Path.Combine(folder, name));
            write(stream);
        }

        public void Drop(string name) => File.Delete(Path.Combine(folder, name));
    }
}
