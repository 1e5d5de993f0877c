using System.Text;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Specs;

namespace Vestige.Models.Endpoints;

/// <summary>A model behind a server, for drawing from it and for scoring given texts, outside of an audit.</summary>
public sealed class EndpointModel
{
    // Openings that every language model knows: what is to be scored may be short, or no prose, and could not show that probabilities are those of the text.
    private static readonly byte[][] s_prose =
    [
        [.. "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife."u8],
        [.. "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness."u8],
        [.. "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do."u8],
        [.. "Some years ago, having little or no money in my purse, and nothing particular to interest me on shore, I thought I would sail about a little."u8],
    ];

    private readonly EndpointText _text;

    private EndpointModel(EndpointText text, IReadOnlyList<string> notices) => (_text, Notices) = (text, notices);

    /// <summary>Whether a name on the command line is that of a server's model.</summary>
    public static bool IsNamed(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(EndpointCompressor.Row.Name + ":", StringComparison.Ordinal);
    }

    /// <summary>Asks what it offers.</summary>
    /// <param name="name"><c>endpoint:URL,model=NAME</c> with its options.</param>
    /// <param name="prompt">What texts go on from in place of the option <c>prompts</c>; empty for that.</param>
    /// <param name="textBytes">Bytes of a text, at most.</param>
    /// <param name="scores">Whether texts are to be scored: else it is not asked for probabilities.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="SpecException">The name is wrong.</exception>
    /// <exception cref="EndpointException">The server does not answer.</exception>
    public static EndpointModel Open(string name, string prompt, int textBytes, bool scores, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        Spec[] specs = [.. Spec.Parse(name, [EndpointCompressor.Row])];
        if (specs.Length != 1) throw new SpecException($"\"{name}\" names {specs.Length} models: name one.");
        var compressor = new EndpointCompressor(specs[0]);
        EndpointText text = compressor.Open(scores ? s_prose : [], prompt.Length > 0 ? [prompt] : compressor.Prompts(cancel), textBytes, null, cancel);
        // That there are no probabilities is no news where none were asked for.
        return new EndpointModel(text, [.. compressor.Notices.Where(notice => text.Session.Silent is not { } why || !notice.EndsWith(why, StringComparison.Ordinal))]);
    }

    /// <summary>What is to be known of it.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>A hash of the server, the model and what decides its texts.</summary>
    public string Identity => _text.Identity;

    /// <summary>Why it tells no probabilities; null where it does.</summary>
    public string? WhySilent => _text.Session.Silent;

    /// <summary>Why probabilities are between bounds; null where they are not.</summary>
    public string? WhyBounded => (_text as IBoundedDensity<Passage>)?.WhyBounded;

    /// <summary>Says on standard error how many requests are made to score texts.</summary>
    /// <param name="texts">How many.</param>
    /// <param name="bytes">Bytes of them all.</param>
    /// <exception cref="EndpointException">They are more than <c>requests</c> allows.</exception>
    public void Announce(int texts, int bytes) =>
        _text.Session.Client.Announce("for probabilities, at most", _text.Session.Telling == Telling.Top ? bytes : texts, 0, bytes / 4);

    /// <summary>Draws the texts of some numbers, as <see cref="IGenerator{TItem}"/> does.</summary>
    /// <param name="numbers">Numbers, from 0.</param>
    /// <param name="seed">Seed, sent to the server; whether it heeds it is the server's.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="EndpointException">The server does not give them.</exception>
    public IEnumerable<byte[]> Draw(IReadOnlyList<int> numbers, ulong seed, CancellationToken cancel) => _text.Draw(numbers, numbers.Count == 1 ? "text" : "texts", seed, cancel);

    /// <summary>Bits of a text after a prompt, between bounds: equal where the server tells them.</summary>
    /// <param name="prompt">What it goes on from; may be empty.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The most may be infinite: nothing is known of it.</returns>
    /// <exception cref="EndpointException">The server does not tell it any more.</exception>
    public (double Least, double Most) Bits(string prompt, string text, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        EndpointSession session = _text.Session;
        byte[] whole = Encoding.UTF8.GetBytes(prompt + text);
        if (session.Telling == Telling.Top)
        {
            TextBounds bounds = session.Scorer.Between(whole, int.MaxValue, 0, cancel, prompt.Length)
                ?? throw new EndpointException($"{session.Options.Model} at {session.Options.Url} no longer tells the most probable tokens");
            return (-bounds.High, -bounds.Low);
        }
        // Of a single token, where nothing stands before it, some servers say nothing.
        bool byEcho = session.Telling == Telling.Echo;
        double? before = prompt.Length == 0 ? 0 : session.Scorer.Whole(Encoding.UTF8.GetBytes(prompt), byEcho, 0, cancel), all = session.Scorer.Whole(whole, byEcho, 0, cancel);
        return before - all is { } bits ? (bits, bits) : (0, double.PositiveInfinity);
    }
}
