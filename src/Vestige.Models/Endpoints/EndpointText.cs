using System.Security.Cryptography;
using System.Text;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Numerics;

namespace Vestige.Models.Endpoints;

/// <summary>The distribution over passages that a server draws from.</summary>
/// <param name="name">Name of the row.</param>
/// <param name="session">The server.</param>
/// <param name="passageBytes">Length of the passages, bytes.</param>
internal class EndpointText(string name, EndpointSession session, int passageBytes) : IGenerator<Passage>, IIdentified, ITrainedElsewhere
{
    // A text that comes in parts is asked for so often; an empty one with so many other seeds.
    private const int MostParts = 16, MostEmpty = 3;

    // The least bytes that a token stands for, on average: more is asked for where it was fewer.
    private const int BytesPerToken = 3;

    protected EndpointSession Session => session;

    /// <inheritdoc/>
    public long? DescriptionBytes => null;

    /// <inheritdoc/>
    public string Identity => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session.Options.Identity)));

    /// <inheritdoc/>
    public string? Settings => session.Settings;

    /// <inheritdoc/>
    /// <remarks>A document is one passage. Passage i asks with a seed of its own; whether the server heeds it is the server's.</remarks>
    public IEnumerable<IReadOnlyList<Passage>> Sample(int units, ulong seed, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        string[] first = [.. Enumerable.Range(0, units).Select(i => Body(PromptOf(i), SeedOf(seed, i, 0)))];
        long tokens = first.Select((_, i) => (long)(PromptOf(i).Length + passageBytes) / 4).Sum();
        session.Client.Announce($"to draw {units} passages", session.Path, first, tokens);
        for (int i = 0; i < units; i++)
        {
            cancel.ThrowIfCancellationRequested();
            yield return [new Passage(Draw(seed, i, cancel), $"{name}, sample {i + 1}", 0)];
            progress?.Report(new WorkProgress($"asking {name}", (i + 1.0) / units));
        }
    }

    private byte[] Draw(ulong seed, int number, CancellationToken cancel)
    {
        string prompt = PromptOf(number);
        for (int attempt = 0; attempt < MostEmpty; attempt++)
        {
            var text = new StringBuilder();
            for (int part = 0; part < MostParts; part++)
            {
                (string more, bool ended) = Completion.TextOf(
                    session.Client.Ask(session.Path, Body(prompt + text, SeedOf(seed, number, (attempt * MostParts) + part)), 0, cancel), session.Options);
                text.Append(more);
                // What only talks does not go on from where it stopped.
                if (ended || more.Length == 0 || session.IsTalk || Encoding.UTF8.GetByteCount(text.ToString()) >= passageBytes) break;
            }
            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            if (bytes.Length > 0) return bytes.Length > passageBytes ? bytes[..passageBytes] : bytes;
        }
        throw new EndpointException($"{session.Options.Model} at {session.Options.Url} answered {MostEmpty} times with an empty text; "
            + $"give it something to go on from with prompts=FILE");
    }

    private string Body(string prompt, int seed)
    {
        int tokens = (passageBytes / BytesPerToken) + 16;
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
