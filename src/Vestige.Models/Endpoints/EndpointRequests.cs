using System.Text;
using System.Text.Json;

namespace Vestige.Models.Endpoints;

/// <summary>Requests as JSON; the same request is the same text, byte for byte.</summary>
internal sealed class EndpointRequests(EndpointOptions options)
{
    internal const string Completions = "/completions", Chat = "/chat/completions";

    /// <summary>Beside the protocol, and not under its version.</summary>
    internal const string Tokenize = "/tokenize";

    // What a server that only talks is asked for where there is nothing to go on from.
    private const string Opening = "Write a text.";

    /// <summary>A text that goes on from another.</summary>
    internal string Text(string prompt, int tokens, int seed) => Body(prompt, tokens, writer =>
    {
        writer.WriteNumber("temperature", options.Temperature);
        writer.WriteNumber("top_p", options.TopP);
        writer.WriteNumber("seed", seed);
    });

    /// <summary>A text that goes on from another, asked of a server that only talks.</summary>
    internal string Talk(string prompt, int tokens, int seed) => Talk(prompt, tokens, writer =>
    {
        writer.WriteNumber("temperature", options.Temperature);
        writer.WriteNumber("top_p", options.TopP);
        writer.WriteNumber("seed", seed);
    });

    /// <summary>The most probable answer.</summary>
    internal string MostProbableTalk(string prompt, int tokens) => Talk(prompt, tokens, writer => writer.WriteNumber("temperature", 0));

    /// <summary>The most probable text that goes on from another.</summary>
    internal string MostProbable(string prompt, int tokens) => Body(prompt, tokens, writer => writer.WriteNumber("temperature", 0));

    /// <summary>What a prompt costs, by echo. One token is written, for some servers refuse to write none.</summary>
    internal string Echo(string prompt) => Body(prompt, 1, writer =>
    {
        writer.WriteBoolean("echo", true);
        writer.WriteNumber("logprobs", 1);
        writer.WriteNumber("temperature", 0);
    });

    /// <summary>What a prompt costs, as vLLM is asked.</summary>
    internal string PromptLogProbabilities(string prompt) => Body(prompt, 1, writer =>
    {
        writer.WriteNumber("prompt_logprobs", 0);
        writer.WriteNumber("temperature", 0);
    });

    /// <summary>The most probable tokens after a prompt.</summary>
    internal string Top(string prompt) => Body(prompt, 1, TellTop);

    /// <summary>The same after tokens.</summary>
    internal string Top(ReadOnlyMemory<int> prompt) => Json(writer =>
    {
        writer.WriteStartArray("prompt");
        foreach (int token in prompt.Span) writer.WriteNumberValue(token);
        writer.WriteEndArray();
        writer.WriteNumber("max_tokens", 1);
        TellTop(writer);
    });

    /// <summary>How a text is cut, with what opens one.</summary>
    internal string TokensOf(string text) => Json(writer =>
    {
        writer.WriteString("content", text);
        writer.WriteBoolean("add_special", true);
        writer.WriteBoolean("with_pieces", true);
    });

    private void TellTop(Utf8JsonWriter writer)
    {
        writer.WriteNumber("logprobs", options.Top);
        writer.WriteNumber("temperature", 0);
    }

    private string Talk(string prompt, int tokens, Action<Utf8JsonWriter> rest) => Json(writer =>
    {
        writer.WriteStartArray("messages");
        writer.WriteStartObject();
        writer.WriteString("role", "user");
        writer.WriteString("content", prompt.Length == 0 ? Opening : prompt);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteNumber("max_tokens", tokens);
        rest(writer);
    });

    private string Body(string prompt, int tokens, Action<Utf8JsonWriter> rest) => Json(writer =>
    {
        writer.WriteString("prompt", prompt);
        writer.WriteNumber("max_tokens", tokens);
        rest(writer);
    });

    private string Json(Action<Utf8JsonWriter> rest)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("model", options.Model);
            rest(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
