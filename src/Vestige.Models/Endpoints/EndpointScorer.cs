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
internal sealed class EndpointScorer(EndpointClient client, EndpointRequests requests, EndpointTokenizer tokenizer, EndpointOptions options)
{
    // Tokens seldom have more than some dozen characters.
    private const int LongestToken = 64;

    private bool _takesTokens;

    /// <summary>Whether the server was found to tell what is asked: an answer that does not tell it is then none.</summary>
    internal bool IsTelling { get; set; }

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
        if (client.Ask(EndpointRequests.Completions, byEcho ? requests.Echo(prompt) : requests.PromptLogProbabilities(prompt), again, Told, cancel) is not { } score) return null;
        int told = prompt.EnumerateRunes().Skip(score.Untold).Sum(rune => rune.Utf8SequenceLength);
        return told == 0 ? null : Math.Min(0, score.LogProbability / Math.Log(2) * bytes.Length / told);

        // What stops telling is not kept, so that the same command can go on.
        PromptScore? Told(JsonElement answer) => (byEcho ? Completion.Echoed(answer, prompt, options) : Completion.Prompted(answer, prompt, options))
            ?? (IsTelling ? throw new EndpointException($"{options.Model} at {options.Url} no longer tells the probabilities of a prompt") : null);
    }

    /// <summary>Bounds by one request a token.</summary>
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
        try
        {
            if (tokenizer.Cut(text, cancel) is { } cut && ByTokens(cut, Encoding.UTF8.GetByteCount(text.AsSpan(0, given)), again, cancel, out TextBounds? bounds)) return bounds;
        }
        catch (EndpointException error) when (error.IsNotOffered && !_takesTokens)
        {
            // It says how it cuts a text, and takes no prompt that is cut.
            tokenizer.Forget();
        }
        return ByCharacters(text, given, again, cancel);
    }

    /// <summary>Each token after exactly those before it. What is not told of is the first token where nothing opens a text: as many bits a byte are put down for it
    /// as for the rest, and none in a bound.</summary>
    /// <returns>False where what is given ends within a token.</returns>
    private bool ByTokens(TokenizedText cut, int given, int again, CancellationToken cancel, out TextBounds? bounds)
    {
        bounds = null;
        int first = 0, at = 0, length = cut.Pieces.Sum(piece => piece.Length);
        for (; first < cut.Pieces.Length && at < given; first++) at += cut.Pieces[first].Length;
        if (at != given) return false;
        int open = first + cut.Openers == 0 && cut.Pieces.Length > 0 ? 1 : 0, told = length - given - (open > 0 ? cut.Pieces[0].Length : 0);
        var sum = new Sum();
        for (int i = first + open; i < cut.Pieces.Length; i++)
        {
            if (Top(requests.Top(cut.Ids.AsMemory(0, cut.Openers + i)), again, cancel) is not { } top) return true;
            _takesTokens = true;
            (int id, string piece) = (cut.Ids[cut.Openers + i], Encoding.UTF8.GetString(cut.Pieces[i]));
            ToldToken[] own = [.. top.Where(token => token.Id is { } number ? number == id : token.Text == piece)];
            if (own.Length > 0) sum.Know(own[0].LogProbability);
            else sum.Bound(top);
        }
        bounds = sum.Bounds(told > 0 ? (double)(length - given) / told : 1);
        return true;
    }

    /// <summary>The text is read as the longest of the tokens that are told. Where it goes on with none of them a token stands there whose length is not known,
    /// and what it costs is all that is counted up to the next word.</summary>
    private TextBounds? ByCharacters(string text, int given, int again, CancellationToken cancel)
    {
        var sum = new Sum();
        for (int at = given; at < text.Length;)
        {
            if (Top(requests.Top(text[..at]), again, cancel) is not { } top) return null;
            ToldToken longest = Longest(top, text[at..]);
            int space = 0;
            if (longest.Text is not { Length: > 0 } && at == 0 && top.Where(token => token.Text is [' ', ..]).Sum(token => Math.Exp(token.LogProbability)) > 0.5)
            {
                // A vocabulary that puts a space before every text; the server puts it there when the text is given.
                (longest, space) = (Longest(top, " " + text), 1);
            }
            if (longest.Text?.Length > space)
            {
                sum.Know(longest.LogProbability);
                at += longest.Text.Length - space;
                continue;
            }
            sum.Bound(top);
            int from = at;
            do at++;
            while (at < text.Length && at - from < LongestToken && !(char.IsWhiteSpace(text[at]) && !char.IsWhiteSpace(text[at - 1])));
            if (at < text.Length && char.IsLowSurrogate(text[at])) at++;
        }
        return sum.Bounds(1);
    }

    /// <summary>The longest token that a text begins with; one without a text where it begins with none.</summary>
    private static ToldToken Longest(IEnumerable<ToldToken> top, string text) =>
        top.Where(token => text.StartsWith(token.Text, StringComparison.Ordinal)).OrderByDescending(token => token.Text.Length).FirstOrDefault();

    private IReadOnlyList<ToldToken>? Top(string request, int again, CancellationToken cancel) =>
        client.Ask(EndpointRequests.Completions, request, again, answer => Completion.Top(answer, options) is { Count: > 0 } top ? top
            : IsTelling ? throw new EndpointException($"{options.Model} at {options.Url} no longer tells the most probable tokens") : null, cancel);

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

    /// <summary>What is known of some tokens' log-probabilities, base e.</summary>
    private struct Sum
    {
        private double _known, _most;
        private int _tokens, _untold;

        internal void Know(double logProbability) => (_known, _tokens) = (_known + logProbability, _tokens + 1);

        /// <summary>A token that is none of the most probable: its probability is at most what those leave over, and at most that of the least of them.</summary>
        internal void Bound(IReadOnlyList<ToldToken> top)
        {
            double left = 1 - top.Sum(token => Math.Exp(token.LogProbability));
            // Of a probability of 0 the logarithm would have no end: what rounding leaves is all that is known.
            _most += Math.Min(Math.Log(Math.Max(left, 1e-6)), top.Min(token => token.LogProbability));
            (_tokens, _untold) = (_tokens + 1, _untold + 1);
        }

        /// <param name="times">Bytes of the text for each that was told of. A bound is of what was told alone, and of no more can it be sure.</param>
        internal readonly TextBounds Bounds(double times) => _untold > 0
            ? new(double.NegativeInfinity, (_known + _most) / Math.Log(2), _tokens, _untold)
            : new(times * _known / Math.Log(2), times * _known / Math.Log(2), _tokens, _untold);
    }
}
