using System.Text;
using System.Text.Json;

namespace Vestige.Models.Endpoints;

/// <summary>Log-probability of a text, base 2, between bounds.</summary>
/// <param name="Low">At least.</param>
/// <param name="High">At most.</param>
/// <param name="Tokens">Tokens that it was read as.</param>
/// <param name="Untold">Those that were not among what was told.</param>
internal readonly record struct TextBounds(double Low, double High, int Tokens, int Untold);

/// <summary>What a server says that a text costs.</summary>
internal sealed class EndpointScorer(EndpointClient client, EndpointRequests requests, EndpointOptions options)
{
    /// <summary>Log-probability, base 2, of a passage by one request; of bytes of which nothing is said (a character cut in two, the first token where
    /// nothing begins a text) as much is put down as for the others.</summary>
    /// <param name="bytes">The passage.</param>
    /// <param name="byEcho">By echo, else by <c>prompt_logprobs</c>.</param>
    /// <param name="again">A number other than 0 asks once more.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Null where the server does not tell it.</returns>
    /// <exception cref="EndpointException">It refuses, or tells what cannot be so.</exception>
    internal double? Whole(ReadOnlySpan<byte> bytes, bool byEcho, int again, CancellationToken cancel)
    {
        string prompt = Characters(bytes);
        if (prompt.Length == 0) return null;
        JsonElement answer = client.Ask(EndpointRequests.Completions, byEcho ? requests.Echo(prompt) : requests.PromptLogProbabilities(prompt), again, cancel);
        if ((byEcho ? Completion.Echoed(answer, prompt, options) : Completion.Prompted(answer, prompt, options)) is not { } score) return null;
        int told = prompt.EnumerateRunes().Skip(score.Untold).Sum(rune => rune.Utf8SequenceLength);
        return told == 0 ? null : Math.Min(0, score.LogProbability / Math.Log(2) * bytes.Length / told);
    }

    /// <summary>Bounds by one request a token: the text is read as the longest of the tokens that are told, and where it goes on with none of them, as one
    /// character whose probability is at most what those told leave over, and at most that of the least probable of them.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="characters">At most so many of its characters.</param>
    /// <param name="again">A number other than 0 asks once more.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="given">So many of its characters are given, and not counted.</param>
    /// <returns>Null where the server tells no most probable tokens.</returns>
    internal TextBounds? Between(ReadOnlySpan<byte> bytes, int characters, int again, CancellationToken cancel, int given = 0)
    {
        string text = Characters(bytes);
        if (text.Length > characters) text = text[..(char.IsHighSurrogate(text[characters - 1]) ? characters - 1 : characters)];
        double known = 0, most = 0;
        int tokens = 0, untold = 0;
        for (int at = given; at < text.Length; tokens++)
        {
            JsonElement answer = client.Ask(EndpointRequests.Completions, requests.Top(text[..at]), again, cancel);
            if (Completion.Top(answer, options) is not { Count: > 0 } top) return null;
            (string Token, double LogProbability)[] fitting = [.. top.Where(token => token.Token.Length > 0
                && text.AsSpan(at).StartsWith(token.Token, StringComparison.Ordinal)).OrderByDescending(token => token.Token.Length)];
            if (fitting.Length > 0)
            {
                known += fitting[0].LogProbability;
                at += fitting[0].Token.Length;
                continue;
            }
            untold++;
            double left = 1 - top.Sum(token => Math.Exp(token.LogProbability));
            // Of a probability of 0 the logarithm would have no end: what rounding leaves is all that is known.
            most += Math.Min(Math.Log(Math.Max(left, 1e-6)), top.Min(token => token.LogProbability));
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
        }
        return new TextBounds(untold > 0 ? double.NegativeInfinity : known / Math.Log(2), (known + most) / Math.Log(2), tokens, untold);
    }

    /// <summary>The whole characters of a passage, which may begin and end within one: JSON holds no others.</summary>
    internal static string Characters(ReadOnlySpan<byte> bytes)
    {
        int start = 0, end = bytes.Length;
        while (start < Math.Min(3, end) && (bytes[start] & 0xC0) == 0x80) start++;
        for (int back = 1; back <= Math.Min(3, end - start); back++)
        {
            byte lead = bytes[end - back];
            if ((lead & 0xC0) == 0x80) continue;
            if (Rune.DecodeFromUtf8(bytes[(end - back)..end], out _, out _) == System.Buffers.OperationStatus.NeedMoreData) end -= back;
            break;
        }
        return Encoding.UTF8.GetString(bytes[start..end]);
    }
}
