using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Models.Endpoints;

/// <summary>The distribution over passages that a server draws from.</summary>
/// <param name="name">Name of the row.</param>
/// <param name="session">The server.</param>
/// <param name="passageBytes">Length of the passages, bytes.</param>
internal class EndpointText(string name, EndpointSession session, int passageBytes) : IGenerator<Passage>, ITextCompleter, IIdentified, ITrainedElsewhere, IAnswers
{
    // A text that comes in parts is asked for so often; an empty one with so many other seeds.
    private const int MostParts = 16, MostEmpty = 3;

    // Passages that came to nothing before it is said that nearly all do, how many of them there are then for one that did not, and how many numbers are
    // tried for each passage that is wanted.
    private const int Enough = 16, NearlyAll = 9, MostTried = 2;

    // The least bytes that a token stands for, on average: more is asked for where it was fewer.
    private const int BytesPerToken = 3;

    // Why nothing more is asked for: nearly nothing had text.
    private string? _silent;

    internal EndpointSession Session => session;

    /// <summary>Bytes of the passages it draws.</summary>
    internal int PassageBytes => passageBytes;

    /// <inheritdoc/>
    public long? DescriptionBytes => null;

    /// <inheritdoc/>
    public string Identity => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session.Options.Identity)));

    /// <inheritdoc/>
    public string? Settings => session.Settings;

    /// <inheritdoc/>
    public AnswerReport? Answered => session.Written.Report;

    /// <inheritdoc/>
    /// <remarks>A document is one passage. Passage i asks with a seed of its own; whether the server heeds it is the server's. In place of one that has no text
    /// the next number is drawn.</remarks>
    /// <exception cref="UnusableDocumentException">Nearly nothing that it answers is a text.</exception>
    public IEnumerable<IReadOnlyList<Passage>> Sample(int units, ulong seed, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        if (_silent is not null) throw new UnusableDocumentException(_silent);
        Announce([.. Enumerable.Range(0, units)], "passages", seed);
        int done = 0;
        for (int i = 0; done < units && i < (long)units * MostTried; i++)
        {
            byte[] text = Draw(seed, i, cancel);
            int given = done + (text.Length > 0 ? 1 : 0);
            _silent ??= Silence(given, i + 1 - given, last: i + 1 == (long)units * MostTried);
            if (_silent is not null) throw new UnusableDocumentException(_silent);
            if (text.Length == 0) continue;
            done = given;
            yield return [new Passage(text, $"{name}, sample {done}", 0)];
            progress?.Report(new WorkProgress($"asking {name}", (double)done / units));
        }
    }

    /// <summary>Draws the passages of some numbers; which others are drawn changes none of them. One without text is empty.</summary>
    /// <param name="numbers">Numbers, from 0.</param>
    /// <param name="what">What they are called: "texts".</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="EndpointException">The server does not give them, or nearly nothing that it answers is a text.</exception>
    internal IEnumerable<byte[]> Draw(IReadOnlyList<int> numbers, string what, ulong seed, CancellationToken cancel)
    {
        Announce(numbers, what, seed);
        int empty = 0;
        for (int at = 0; at < numbers.Count; at++)
        {
            byte[] text = Draw(seed, numbers[at], cancel);
            if (text.Length == 0) empty++;
            if (Silence(at + 1 - empty, empty, last: at + 1 == numbers.Count) is { } silent) throw new EndpointException(silent);
            yield return text;
        }
    }

    private void Announce(IReadOnlyList<int> numbers, string what, ulong seed)
    {
        string[] first = [.. numbers.Select(i => Body(PromptOf(i), SeedOf(seed, i, 0)))];
        long tokens = numbers.Sum(i => (long)(PromptOf(i).Length + passageBytes) / 4);
        session.Client.Announce($"to draw {numbers.Count} {what}", session.Path, first, tokens);
    }

    /// <summary>Why to give up: nearly nothing has text; null where enough has. What was answered is forgotten then: the same command asks anew.</summary>
    private string? Silence(int given, int empty, bool last)
    {
        if (empty == 0 || empty < given * NearlyAll || (empty < Enough && !(last && given == 0))) return null;
        AnswerReport answered = Answered!;
        foreach (string body in session.Written.Without) session.Client.Forget(session.Path, body);
        session.Written.Clear();
        return string.Create(CultureInfo.InvariantCulture,
                $"{session.Options.Model} at {session.Options.Url} answered {answered.Without} of {answered.Asked} requests without a text")
            + (answered.First is { Length: > 0 } why ? $" (the first: {why})" : "")
            + (session.Prompts.Count == 0 ? "; give it something to go on from with prompts=FILE" : "");
    }

    /// <inheritdoc/>
    /// <remarks>What only talks answers, and does not go on.</remarks>
    public int MostContinued => session.IsTalk ? 0 : session.Options.Continued;

    /// <inheritdoc/>
    public bool Answers => session.IsTalk;

    /// <inheritdoc/>
    /// <remarks>At temperature 0, which servers take for the most probable token each time.</remarks>
    public byte[][] Complete(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        string[] given = [.. prefixes.Select(prefix => EndpointScorer.Characters(prefix.Span))];
        int tokens = TokensOf(length);
        string Body(string prompt) => Answers ? session.Requests.MostProbableTalk(prompt, tokens) : session.Requests.MostProbable(prompt, tokens);
        session.Client.Announce(Answers ? $"to answer {given.Length} prompts, each sent as a user's message" : $"to go on from {given.Length} beginnings", session.Path,
            [.. given.Select(Body)], given.Sum(prompt => (long)(prompt.Length + length) / 4));
        byte[][] said = new byte[given.Length][];
        for (int i = 0; i < said.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            said[i] = Continue(length, part => Body(given[i] + part.Text), cancel);
            progress?.Report((i + 1.0) / said.Length);
        }
        return said;
    }

    /// <summary>A passage; empty where it has no text with any of some seeds.</summary>
    private byte[] Draw(ulong seed, int number, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        string prompt = PromptOf(number);
        for (int attempt = 0; attempt < MostEmpty; attempt++)
        {
            int tries = attempt * MostParts;
            byte[] bytes = Continue(passageBytes, part => Body(prompt + part.Text, SeedOf(seed, number, tries + part.Number)), cancel);
            if (bytes.Length > 0) return bytes;
        }
        return [];
    }

    /// <summary>A text of at most so many bytes, in as many parts as the server gives it in.</summary>
    private byte[] Continue(int length, Func<(int Number, string Text), string> body, CancellationToken cancel)
    {
        string text = "";
        for (int part = 0; part < MostParts; part++)
        {
            string asked = body((part, text));
            WrittenText more = session.Client.Ask(session.Path, asked, 0, answer => Completion.TextOf(answer, session.Options), cancel);
            session.Written.Add(asked, more, isFirst: part == 0);
            text += more.Text;
            // What only talks does not go on from where it stopped.
            if (more.Ended || more.Text.Length == 0 || session.IsTalk || Encoding.UTF8.GetByteCount(text) >= length) break;
        }
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length > length ? bytes[..length] : bytes;
    }

    private static int TokensOf(int bytes) => (bytes / BytesPerToken) + 16;

    private string Body(string prompt, int seed)
    {
        int tokens = TokensOf(passageBytes);
        return session.IsTalk ? session.Requests.Talk(prompt, tokens, seed) : session.Requests.Text(prompt, tokens, seed);
    }

    private string PromptOf(int number) => session.Prompts.Count == 0 ? "" : session.Prompts[number % session.Prompts.Count];

    // Servers take 31 bits.
    private static int SeedOf(ulong seed, int number, int part) => (int)(Rng.Mix(Rng.Mix(seed, (ulong)number), (ulong)part) & int.MaxValue);
}

/// <summary>The same where the server says what a text costs.</summary>
internal sealed class EndpointDensity(string name, EndpointSession session, int passageBytes, bool byEcho) : EndpointText(name, session, passageBytes), IDensity<Passage>
{
    /// <inheritdoc/>
    public double Log2Probability(Passage item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Session.Scorer.Whole(item.Span, byEcho, 0, CancellationToken.None)
            ?? throw new EndpointException($"{Session.Options.Model} at {Session.Options.Url} no longer tells the probabilities of a prompt");
    }
}

/// <summary>The same where it tells the most probable tokens alone.</summary>
internal sealed class EndpointBounds(string name, EndpointSession session, int passageBytes) : EndpointText(name, session, passageBytes), IBoundedDensity<Passage>
{
    /// <inheritdoc/>
    public int MostItems => Session.Options.Bounded;

    /// <inheritdoc/>
    public string WhyBounded => $"the server tells the {Session.Options.Top} most probable tokens alone";

    /// <inheritdoc/>
    public (double Low, double High) Log2Bounds(Passage item)
    {
        ArgumentNullException.ThrowIfNull(item);
        TextBounds bounds = Session.Scorer.Between(item.Span, int.MaxValue, 0, CancellationToken.None)
            ?? throw new EndpointException($"{Session.Options.Model} at {Session.Options.Url} no longer tells the most probable tokens");
        return (bounds.Low, bounds.High);
    }
}
