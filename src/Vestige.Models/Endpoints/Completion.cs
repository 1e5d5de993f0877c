using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Vestige.Results;

namespace Vestige.Models.Endpoints;

/// <summary>What is read of a server's answers; everything in them may be missing or wrong.</summary>
internal static class Completion
{
    // A logarithm of a probability is not above 0 but for rounding.
    private const double Rounding = 1e-3;

    /// <summary>The protocol's word for what a filter took out.</summary>
    internal const string FilterReason = "content_filter";

    /// <summary>What stands for the answer to a request that a filter refused.</summary>
    internal const string Filtered = "{\"choices\":[{\"finish_reason\":\"" + FilterReason + "\"}]}";

    /// <summary>The text that was written. A filter, or a model that has nothing to say, answers without one: that is an answer.</summary>
    /// <exception cref="EndpointException">It is no answer: nothing is said of a text, nor why there is none.</exception>
    internal static WrittenText TextOf(JsonElement answer, EndpointOptions options)
    {
        JsonElement choice = Choice(answer, options);
        string? reason = choice.TryGetProperty("finish_reason", out JsonElement ending) && ending.ValueKind == JsonValueKind.String ? ending.GetString() : null;
        bool ended = reason is not null and not "length";
        bool hasText = choice.TryGetProperty("text", out JsonElement text), hasMessage = choice.TryGetProperty("message", out JsonElement message);
        if (hasText && text.ValueKind == JsonValueKind.String) return new WrittenText(text.GetString()!, ended, reason);
        if (hasMessage && message.ValueKind == JsonValueKind.Object && message.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.String)
            return new WrittenText(content.GetString()!, ended, reason);
        return hasText || hasMessage || reason is not null ? new WrittenText("", true, reason) : throw Wrong(options, "answered without a text");
    }

    /// <summary>Whether a refusal is that of a filter.</summary>
    internal static bool IsFiltered(JsonElement refusal) => refusal.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("code", out JsonElement code) && code.ValueKind == JsonValueKind.String && code.GetString() == FilterReason;

    /// <summary>The logarithms (base e) of the probabilities of a prompt's tokens, by echo.</summary>
    /// <param name="answer">To a request with <c>echo</c> and <c>logprobs</c>.</param>
    /// <param name="prompt">What was asked about.</param>
    /// <param name="options">Of whom.</param>
    /// <returns>Null where the server does not tell them.</returns>
    /// <exception cref="EndpointException">What it tells cannot be so.</exception>
    internal static PromptScore? Echoed(JsonElement answer, string prompt, EndpointOptions options)
    {
        JsonElement choice = Choice(answer, options);
        if (!choice.TryGetProperty("logprobs", out JsonElement told) || told.ValueKind != JsonValueKind.Object
            || !told.TryGetProperty("token_logprobs", out JsonElement values) || values.ValueKind != JsonValueKind.Array
            || !told.TryGetProperty("tokens", out JsonElement tokens) || tokens.ValueKind != JsonValueKind.Array || tokens.GetArrayLength() != values.GetArrayLength()) return null;
        // Without echo there is the one token that was written.
        if (values.GetArrayLength() < 2) return null;
        bool placed = told.TryGetProperty("text_offset", out JsonElement offsets) && offsets.ValueKind == JsonValueKind.Array
            && offsets.GetArrayLength() == values.GetArrayLength();
        string[] names = [.. tokens.EnumerateArray().Select(token => token.ValueKind == JsonValueKind.String ? token.GetString()! : "")];
        int[] starts = !placed ? Starts(names)
            : [.. offsets.EnumerateArray().Select(offset => offset.TryWhole(out int at) ? at : -1)];
        return Score([.. values.EnumerateArray()], starts, prompt, options);
    }

    /// <summary>The same by <c>prompt_logprobs</c>, as vLLM tells them.</summary>
    internal static PromptScore? Prompted(JsonElement answer, string prompt, EndpointOptions options)
    {
        JsonElement choice = Choice(answer, options);
        if (!(choice.TryGetProperty("prompt_logprobs", out JsonElement told) || answer.TryGetProperty("prompt_logprobs", out told)) || told.ValueKind != JsonValueKind.Array
            || told.GetArrayLength() == 0) return null;
        List<JsonElement> values = [];
        List<string> names = [];
        foreach (JsonElement position in told.EnumerateArray())
        {
            // Of several told at one position the prompt's own comes first.
            JsonElement own = position.ValueKind == JsonValueKind.Object ? position.EnumerateObject().Select(token => token.Value).FirstOrDefault() : default;
            bool isToken = own.ValueKind == JsonValueKind.Object;
            values.Add(isToken && own.TryGetProperty("logprob", out JsonElement value) ? value : default);
            names.Add(isToken && own.TryGetProperty("decoded_token", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "");
        }
        // The first is told nothing of; where the others are not all of the prompt, it is what they lack.
        int[] starts = Starts([.. names]);
        int lacking = Math.Max(0, Characters(prompt) - names.Sum(Characters));
        for (int i = 1; i < starts.Length; i++) starts[i] += lacking;
        return Score([.. values], starts, prompt, options);
    }

    /// <summary>The most probable next tokens and the logarithms of their probabilities.</summary>
    /// <returns>Null where the server does not tell them.</returns>
    internal static IReadOnlyList<ToldToken>? Top(JsonElement answer, EndpointOptions options)
    {
        JsonElement choice = Choice(answer, options);
        if (!choice.TryGetProperty("logprobs", out JsonElement told) || told.ValueKind != JsonValueKind.Object) return null;
        // As the protocol has it for completions, and as it has it for chat, which llama-server takes for both.
        ToldToken[]? tokens = First(told, "top_logprobs") is { ValueKind: JsonValueKind.Object } named
            ? [.. named.EnumerateObject().Select(token => new ToldToken(null, token.Name, Logarithm(token.Value, options)))]
            : First(told, "content") is { ValueKind: JsonValueKind.Object } written && written.TryGetProperty("top_logprobs", out JsonElement listed)
                && listed.ValueKind == JsonValueKind.Array
            ? [.. listed.EnumerateArray().Select(token => Listed(token, options))]
            : null;
        if (tokens is null) return null;
        double sum = tokens.Sum(token => Math.Exp(token.LogProbability));
        return sum <= 1 + Rounding ? tokens : throw Wrong(options, $"tells probabilities that add up to {sum:0.###}");
    }

    private static JsonElement? First(JsonElement told, string name) =>
        told.TryGetProperty(name, out JsonElement all) && all.ValueKind == JsonValueKind.Array && all.GetArrayLength() > 0 ? all[0] : null;

    private static ToldToken Listed(JsonElement token, EndpointOptions options)
    {
        if (token.ValueKind != JsonValueKind.Object) throw Wrong(options, "tells of a most probable token that is none");
        int? id = token.TryGetProperty("id", out JsonElement number) && number.TryWhole(out int whole) ? whole : null;
        string text = token.TryGetProperty("token", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
        // Of a part of a character the text is a sign in its place.
        if (token.TryGetProperty("bytes", out JsonElement bytes) && bytes.ToBytes() is { } exact) text = Utf8.IsValid(exact) ? Encoding.UTF8.GetString(exact) : "";
        return new ToldToken(id, text, Logarithm(token.TryGetProperty("logprob", out JsonElement value) ? value : default, options));
    }

    private static PromptScore Score(JsonElement[] values, int[] starts, string prompt, EndpointOptions options)
    {
        int length = Characters(prompt);
        int count = starts.TakeWhile(start => start >= 0 && start < length).Count();
        if (count == 0) throw Wrong(options, "tells no token of the prompt");
        bool told = values[0].ValueKind == JsonValueKind.Number;
        // A token without width begins the text (BOS), and is no part of it.
        int untold = told ? 0 : count > 1 ? starts[1] : length;
        double sum = 0;
        for (int i = told ? 0 : 1; i < count; i++) sum += Logarithm(values[i], options);
        if (!told && count == 1) throw Wrong(options, "tells no token of the prompt but the first");
        // A token seldom has more than some dozen characters: a prompt of hundreds has more than a few.
        const int longest = 64;
        if ((long)count * longest < length || length - starts[count - 1] > 4 * longest)
            throw Wrong(options, $"tells {count} tokens of a prompt of {length} characters, which are too few");
        return new PromptScore(sum, untold, count - (told ? 0 : 1));
    }

    // Servers count as Python does: code points.
    private static int Characters(string text) => text.EnumerateRunes().Count();

    private static int[] Starts(string[] names)
    {
        int[] starts = new int[names.Length];
        for (int i = 1; i < names.Length; i++) starts[i] = starts[i - 1] + Characters(names[i - 1]);
        return starts;
    }

    private static double Logarithm(JsonElement value, EndpointOptions options) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) && number <= Rounding ? Math.Min(0, number)
            : throw Wrong(options, $"tells a logarithm of a probability that is none: {(value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText())}");

    private static JsonElement Choice(JsonElement answer, EndpointOptions options)
    {
        if (answer.TryGetProperty("model", out JsonElement model) && model.ValueKind == JsonValueKind.String && model.GetString() is { Length: > 0 } name
            && !IsCalled(name, options.Model))
            throw Wrong(options, $"answered as another model, \"{Names.Printable(name)}\"; if that is meant, say model={Names.Printable(name)}");
        return answer.TryGetProperty("choices", out JsonElement choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
            && choices[0].ValueKind == JsonValueKind.Object ? choices[0] : throw Wrong(options, "answered without a choice");
    }

    // A hosted model answers with its date behind its name, a local one with its file.
    private static bool IsCalled(string name, string asked) => Holds(name, asked) || Holds(asked, name);

    /// <summary>Whether a part stands in a whole, and not within a longer word.</summary>
    private static bool Holds(string whole, string part)
    {
        for (int at = 0; (at = whole.IndexOf(part, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            int end = at + part.Length;
            if ((at == 0 || !char.IsLetterOrDigit(whole[at - 1])) && (end == whole.Length || !char.IsLetterOrDigit(whole[end]))) return true;
        }
        return false;
    }

    private static EndpointException Wrong(EndpointOptions options, string what) => new($"{options.Model} at {options.Url} {options.Key.Redact(what)}");
}

/// <summary>What a server wrote.</summary>
/// <param name="Text">Empty where it wrote nothing.</param>
/// <param name="Ended">Whether the model ended it.</param>
/// <param name="Reason">Why it ended, in the server's word; null where it gives none.</param>
internal readonly record struct WrittenText(string Text, bool Ended, string? Reason);

/// <summary>One of the most probable tokens.</summary>
/// <param name="Id">Its number; null where it is not told.</param>
/// <param name="Text">What it stands for; empty for a part of a character.</param>
/// <param name="LogProbability">Base e.</param>
internal readonly record struct ToldToken(int? Id, string Text, double LogProbability);

/// <summary>What a server says of a prompt.</summary>
/// <param name="LogProbability">Of its tokens, base e, together.</param>
/// <param name="Untold">Characters of its beginning of which nothing is said.</param>
/// <param name="Tokens">Tokens that count.</param>
internal readonly record struct PromptScore(double LogProbability, int Untold, int Tokens);
