using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vestige.Language;

namespace Vestige.Tests.Models.Endpoints;

/// <summary>Answers as servers of models do, from a model of bytes: a token a byte, after one without width that begins a text.</summary>
/// <param name="model">The model; its text is ASCII.</param>
internal sealed class ByteModelServer(ITextModel model)
{
    internal const string Name = "bytes";

    // Of llama-server tokens have numbers, which are not their bytes here.
    private const int Opener = 1, FirstByte = 3;

    /// <summary>What it offers of echo, prompt_logprobs, logprobs, listed (logprobs as llama-server tells them), tokenize, completions, chat.</summary>
    internal string Offers { get; init; } = "completions echo";

    /// <summary>Most probable tokens that it tells.</summary>
    internal int Top { get; init; } = 5;

    /// <summary>Changes an answer before it is sent.</summary>
    internal Func<string, string> Change { get; init; } = text => text;

    internal Reply Answer(string path, JsonElement request)
    {
        if (path == "/tokenize" && Offers.Contains("tokenize", StringComparison.Ordinal)) return new Reply(200, Change(Tokens(request.GetProperty("content").GetString()!)));
        bool chat = path.EndsWith("/chat/completions", StringComparison.Ordinal);
        if (path == "/tokenize" || !Offers.Contains(chat ? "chat" : "completions", StringComparison.Ordinal)) return new Reply(404, "{\"error\":\"no such path\"}");
        string prompt = chat ? request.GetProperty("messages")[0].GetProperty("content").GetString()! : PromptOf(request.GetProperty("prompt"));
        ulong seed = request.TryGetProperty("seed", out JsonElement given) ? given.GetUInt64() : 0;
        byte[] bytes = Encoding.ASCII.GetBytes(prompt);
        // At temperature 0 always the most probable byte.
        bool greedy = request.TryGetProperty("temperature", out JsonElement temperature) && temperature.GetDouble() == 0;
        ITextModel drawn = greedy ? model.Drawing(Name, SamplingOptions.Greedy, 1) : model;
        string text = Encoding.ASCII.GetString(drawn.Sample(1, request.GetProperty("max_tokens").GetInt32(), bytes, seed, 0, null, CancellationToken.None)[0]);
        var choice = new JsonObject { ["index"] = 0, ["finish_reason"] = "length" };
        if (chat) choice["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text };
        else choice["text"] = text;
        if (request.TryGetProperty("echo", out _) && Offers.Contains("echo", StringComparison.Ordinal)) choice["logprobs"] = Echo(bytes);
        else if (request.TryGetProperty("prompt_logprobs", out _) && Offers.Contains("prompt_logprobs", StringComparison.Ordinal)) choice["prompt_logprobs"] = Prompted(bytes);
        else if (request.TryGetProperty("logprobs", out _) && Offers.Contains("listed", StringComparison.Ordinal)) choice["logprobs"] = Listed(bytes);
        else if (request.TryGetProperty("logprobs", out _) && Offers.Contains(" logprobs", StringComparison.Ordinal)) choice["logprobs"] = Tops(bytes);
        var answer = new JsonObject { ["object"] = "text_completion", ["model"] = Name, ["choices"] = new JsonArray(choice) };
        return new Reply(200, Change(answer.ToJsonString()));
    }

    private JsonObject Echo(byte[] prompt)
    {
        JsonArray tokens = ["<s>"], values = [null], offsets = [0];
        double[] logarithms = Logarithms(prompt);
        for (int i = 0; i < prompt.Length; i++)
        {
            tokens.Add(((char)prompt[i]).ToString());
            values.Add(logarithms[i]);
            offsets.Add(i);
        }
        // What was written besides.
        tokens.Add("x");
        values.Add(-3.0);
        offsets.Add(prompt.Length);
        return new JsonObject { ["tokens"] = tokens, ["token_logprobs"] = values, ["text_offset"] = offsets };
    }

    private JsonArray Prompted(byte[] prompt)
    {
        JsonArray all = [null];
        double[] logarithms = Logarithms(prompt);
        for (int i = 0; i < prompt.Length; i++)
        {
            all.Add(new JsonObject
            {
                [prompt[i].ToString(CultureInfo.InvariantCulture)] = new JsonObject { ["logprob"] = logarithms[i], ["rank"] = 1, ["decoded_token"] = ((char)prompt[i]).ToString() },
            });
        }
        return all;
    }

    private JsonObject Tops(byte[] prompt)
    {
        var top = new JsonObject();
        foreach ((int next, double logarithm) in MostProbable(prompt)) top[next < 128 ? ((char)next).ToString() : $"bytes:\\x{next:x2}"] = logarithm;
        return new JsonObject { ["tokens"] = new JsonArray("x"), ["token_logprobs"] = new JsonArray(-1.0), ["top_logprobs"] = new JsonArray(top) };
    }

    private JsonObject Listed(byte[] prompt)
    {
        JsonArray top = [.. MostProbable(prompt).Select(next => new JsonObject
        {
            ["id"] = next.Byte + FirstByte,
            ["token"] = next.Byte < 128 ? ((char)next.Byte).ToString() : "\ufffd",
            ["bytes"] = new JsonArray(next.Byte),
            ["logprob"] = next.Logarithm,
        })];
        return new JsonObject { ["content"] = new JsonArray(new JsonObject { ["id"] = FirstByte, ["token"] = "x", ["logprob"] = -1.0, ["top_logprobs"] = top }) };
    }

    private IEnumerable<(int Byte, double Logarithm)> MostProbable(byte[] prompt)
    {
        double before = Log2(prompt);
        return Enumerable.Range(0, 256).Select(b => (b, (Log2([.. prompt, (byte)b]) - before) * Math.Log(2))).OrderByDescending(b => b.Item2).Take(Top);
    }

    private static string Tokens(string text)
    {
        JsonArray tokens = [new JsonObject { ["id"] = Opener, ["piece"] = "<s>" }];
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            tokens.Add(new JsonObject { ["id"] = b + FirstByte, ["piece"] = b < 128 ? JsonValue.Create(((char)b).ToString()) : new JsonArray(b) });
        return new JsonObject { ["tokens"] = tokens }.ToJsonString();
    }

    private static string PromptOf(JsonElement prompt) => prompt.ValueKind == JsonValueKind.String ? prompt.GetString()!
        : Encoding.ASCII.GetString([.. prompt.EnumerateArray().Skip(1).Select(token => (byte)(token.GetInt32() - FirstByte))]);

    private double[] Logarithms(byte[] prompt)
    {
        double[] sums = [.. Enumerable.Range(0, prompt.Length + 1).Select(length => Log2(prompt[..length]) * Math.Log(2))];
        return [.. Enumerable.Range(0, prompt.Length).Select(i => sums[i + 1] - sums[i])];
    }

    private double Log2(byte[] text) => text.Length == 0 ? 0 : model.Log2Probability(new Passage(text, "", 0));
}
