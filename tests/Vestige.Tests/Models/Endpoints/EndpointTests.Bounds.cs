using System.Text;
using System.Text.Json;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Models.Endpoints;

namespace Vestige.Tests.Models.Endpoints;

/// <summary>How a text is cut, and what is sure of it where a server tells its most probable tokens alone.</summary>
public sealed partial class EndpointTests
{
    /// <summary>llama-server with a vocabulary of words, where one that is not told of would be read as letters: what it says is of the text's own tokens.</summary>
    [Theory]
    [InlineData("", "{ \"id\": 7, \"piece\": \"the\" }, { \"id\": 9, \"piece\": \" sea\" }", "[1]|[1,7]")]
    [InlineData("", "{ \"id\": 7, \"piece\": \" the\" }, { \"id\": 9, \"piece\": \" sea\" }", "[1]|[1,7]")]
    [InlineData("the", "{ \"id\": 7, \"piece\": \"the\" }, { \"id\": 9, \"piece\": \" sea\" }", "[1,7]")]
    // What is given ends within a token, or the tokens are another text: by characters.
    [InlineData("th", "{ \"id\": 7, \"piece\": \"the\" }, { \"id\": 9, \"piece\": \" sea\" }", "\"th\"|\"the\"")]
    [InlineData("", "{ \"id\": 7, \"piece\": \"The\" }, { \"id\": 9, \"piece\": \" sea\" }", "\"\"|\"the\"")]
    [InlineData("", "7, 9", "\"\"|\"the\"")]
    public void A_text_is_read_as_the_server_cuts_it(string given, string tokens, string prompts)
    {
        const string told = """{"id":7,"token":"the","bytes":[116,104,101],"logprob":-1.5},{"id":9,"token":" sea","bytes":[32,115,101,97],"logprob":-2.0},{"id":3,"token":"e","bytes":[101],"logprob":-3.0}""";
        using var server = new LoopbackServer((path, _) => new Reply(200, path == "/tokenize" ? $$"""{"tokens":[{"id":1,"piece":"<s>"}, {{tokens}}]}"""
            : $$$"""{"model":"bytes","choices":[{"text":"x","logprobs":{"content":[{"token":"x","logprob":-1,"top_logprobs":[{{{told}}}]}]}}]}"""));
        EndpointText text = Row(server.Url).Open([], [], PassageBytes, null, CancellationToken.None);
        int asked = server.Bodies.Count;
        TextBounds bounds = text.Session.Scorer.Between("the sea"u8, int.MaxValue, 0, CancellationToken.None, given.Length)!.Value;
        Assert.Equal(prompts.Split('|'), server.Bodies.Skip(asked).Where(body => body.Contains("completions", StringComparison.Ordinal))
            .Select(body => body[(body.IndexOf("\"prompt\":", StringComparison.Ordinal) + 9)..body.IndexOf(",\"max_tokens", StringComparison.Ordinal)]));
        Assert.Equal((given.Length switch { 0 => -3.5, 2 => -5, _ => -2 }) / Math.Log(2), bounds.Low, 1e-9);
        Assert.Equal(bounds.Low, bounds.High);
    }

    /// <summary>Where nothing opens a text its first token is told by no server: it is put down as the rest where that is known, and not at all in a bound.</summary>
    [Theory]
    [InlineData(9, -2.0 * 7 / 4)]
    [InlineData(8, null)]
    public void A_bound_counts_nothing_that_was_not_told(int asked, double? known)
    {
        using var server = new LoopbackServer((path, _) => new Reply(200, path == "/tokenize"
            ? $$"""{"tokens":[{"id":7,"piece":"the"},{"id":{{asked}},"piece":" sea"}]}"""
            : """{"model":"bytes","choices":[{"text":"x","logprobs":{"content":[{"token":"x","logprob":-1,"top_logprobs":[{"id":9,"token":" sea","logprob":-2.0}]}]}}]}"""));
        EndpointText text = Row(server.Url).Open([], [], PassageBytes, null, CancellationToken.None);
        TextBounds bounds = text.Session.Scorer.Between("the sea"u8, int.MaxValue, 0, CancellationToken.None)!.Value;
        Assert.Equal((known ?? double.NegativeInfinity) / Math.Log(2), bounds.Low, 1e-9);
        Assert.Equal((known ?? -2.0) / Math.Log(2), bounds.High, 1e-9);
    }

    [Fact]
    public void A_server_that_takes_no_prompt_of_tokens_is_given_text()
    {
        var model = new ByteModelServer(s_model) { Offers = "completions listed tokenize", Top = 256 };
        using var server = new LoopbackServer((path, body) => body.TryGetProperty("prompt", out JsonElement prompt) && prompt.ValueKind == JsonValueKind.Array
            ? new Reply(400, "{\"error\":\"prompt must be a string\"}") : model.Answer(path, body));
        var bounded = (IBoundedDensity<Passage>)Row(server.Url).Compress(s_training, null, CancellationToken.None);
        Assert.Equal(s_model.Log2Probability(s_heldOut[0]), bounded.Log2Bounds(s_heldOut[0]).Low, 1e-9 * PassageBytes);
        Assert.Single(server.Bodies, body => body.Contains("\"prompt\":[", StringComparison.Ordinal));
    }

    /// <summary>The token may be "these", whatever the rest of the word would cost after a "t" by itself.</summary>
    [Fact]
    public void A_token_that_is_not_told_of_costs_what_it_costs_at_least_and_its_word_no_more()
    {
        const string told = """{"qu":-0.5,"x":-2.0}""";
        using var server = new LoopbackServer((path, _) => path == "/tokenize" ? new Reply(404, "{}")
            : new Reply(200, $$$"""{"model":"bytes","choices":[{"text":"x","logprobs":{"tokens":["x"],"token_logprobs":[-1],"top_logprobs":[{{{told}}}]}}]}"""));
        EndpointText text = Row(server.Url).Open([], [], PassageBytes, null, CancellationToken.None);
        TextBounds bounds = text.Session.Scorer.Between("these"u8, int.MaxValue, 0, CancellationToken.None)!.Value;
        double left = Math.Log2(1 - Math.Exp(-0.5) - Math.Exp(-2));
        Assert.Equal((double.NegativeInfinity, 1, 1), (bounds.Low, bounds.Tokens, bounds.Untold));
        Assert.Equal(Math.Min(left, -2 / Math.Log(2)), bounds.High, 1e-9);
        Assert.Equal(2, text.Session.Scorer.Between("these are"u8, int.MaxValue, 0, CancellationToken.None)!.Value.Untold);
    }

    /// <summary>A vocabulary that puts a space before a text: what begins one is told with it, and a space by itself is no part of the text.</summary>
    [Theory]
    [InlineData("""{" th":-0.5," ":-2.0}""", "the", -0.5, 2)]
    [InlineData("""{" ":-0.5,"e":-2.0}""", "the", null, 1)]
    // Most that may begin a text has no space: none is put there.
    [InlineData("""{" the":-2.5,"x":-0.2}""", "the", null, 1)]
    public void A_space_that_a_vocabulary_puts_before_a_text_is_no_part_of_it(string told, string line, double? low, int tokens)
    {
        using var server = new LoopbackServer((path, body) => path == "/tokenize" ? new Reply(404, "{}")
            : new Reply(200, $$$"""{"model":"bytes","choices":[{"text":"x","logprobs":{"top_logprobs":[{{{(body.GetProperty("prompt").GetString() == "" ? told : """{"e":-0.1}""")}}}]}}]}"""));
        EndpointText text = Row(server.Url).Open([], [], PassageBytes, null, CancellationToken.None);
        TextBounds bounds = text.Session.Scorer.Between(Encoding.UTF8.GetBytes(line), int.MaxValue, 0, CancellationToken.None)!.Value;
        Assert.Equal((low is null ? double.NegativeInfinity : (low - 0.1) / Math.Log(2), tokens), (bounds.Low, bounds.Tokens));
    }
}
