using Vestige.Compressors;

namespace Vestige.Models.Endpoints;

/// <summary>How the probabilities of a text are had.</summary>
internal enum Telling
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By <c>echo</c> with <c>logprobs</c>: one request a text.</summary>
    Echo,

    /// <summary>By <c>prompt_logprobs</c>: one request a text.</summary>
    Prompt,

    /// <summary>Between bounds, by the most probable tokens: one request a token.</summary>
    Top,
}

/// <summary>A server that was found to answer, and what it offers.</summary>
internal sealed class EndpointSession
{
    internal EndpointSession(EndpointOptions options, IShelf? shelf, IReadOnlyList<string> prompts, Action<TimeSpan, CancellationToken>? wait)
    {
        (Options, Prompts) = (options, prompts);
        var log = new AnswerLog(shelf);
        Client = wait is null ? new EndpointClient(options, log) : new EndpointClient(options, log) { Wait = wait };
        Requests = new EndpointRequests(options);
        Scorer = new EndpointScorer(Client, Requests, new EndpointTokenizer(Client, Requests), options);
    }

    internal EndpointOptions Options { get; }

    internal EndpointClient Client { get; }

    internal EndpointRequests Requests { get; }

    internal EndpointScorer Scorer { get; }

    /// <summary>What texts go on from, one after the other; none: nothing.</summary>
    internal IReadOnlyList<string> Prompts { get; }

    /// <summary>Whether it only talks.</summary>
    internal bool IsTalk { get; private set; }

    /// <summary>How probabilities are had.</summary>
    internal Telling Telling { get; private set; }

    /// <summary>Why it tells none, or not what it should; null where it does.</summary>
    internal string? Silent { get; private set; }

    /// <summary>Where texts are asked for.</summary>
    internal string Path => IsTalk ? EndpointRequests.Chat : EndpointRequests.Completions;

    /// <summary>What was answered to requests for a text, kept answers too.</summary>
    internal TextCount Written { get; } = new();

    /// <summary>How it was asked, for the result.</summary>
    internal string Settings => $"{Options.Url}{Path}, model {Options.Model}; texts go on from "
        + (Prompts.Count == 0 ? IsTalk ? "a request for a text" : "nothing" : $"{Prompts.Count} beginnings out of {Options.Prompts}, {Options.Words} words of a document")
        + "; probabilities: " + Telling switch
        {
            Telling.Echo => "by echo, of the prompt's tokens",
            Telling.Prompt => "by prompt_logprobs, of the prompt's tokens",
            Telling.Top => $"between bounds, by the {Options.Top} most probable tokens",
            _ => "none",
        };

    /// <summary>Finds out what it offers, and tests what it tells.</summary>
    /// <param name="texts">Real passages.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="EndpointException">It does not answer, or what it tells cannot be so.</exception>
    internal void Open(IReadOnlyList<byte[]> texts, CancellationToken cancel)
    {
        if (Options.Probabilities == "none") Silent = "probabilities=none was said";
        else if (Options.Temperature != 1 || Options.TopP != 1) Silent = "servers tell those of the model as it is, and texts are drawn with temperature or top_p";
        else if (texts.Count == 0) Silent = "there is no passage of 32 bytes to test them with";
        Telling[] ways = Silent is not null ? [] : Options.Probabilities switch
        {
            "echo" => [Telling.Echo],
            "prompt" => [Telling.Prompt],
            "top" => [Telling.Top],
            _ => [Telling.Echo, Telling.Prompt, Telling.Top],
        };
        bool answers = false;
        foreach (Telling way in ways)
        {
            try
            {
                // An answer without what was asked for is an answer.
                bool tells = Tells(way, texts[0], cancel);
                answers = true;
                if (!tells) continue;
            }
            catch (EndpointException error) when (error.IsNotOffered)
            {
                continue;
            }
            Telling = way;
            break;
        }
        if (!answers) FindWay(cancel);
        if (Telling == Telling.None) Silent ??= "the server tells none of a given text";
        else if (SelfTest.Of(Scorer, Telling, texts, cancel) is { } fault) (Telling, Silent) = (Telling.None, fault);
        Scorer.IsTelling = Telling != Telling.None;
    }

    private bool Tells(Telling way, byte[] text, CancellationToken cancel) => way == Telling.Top
        ? Scorer.Between(text, 1, 0, cancel) is not null
        : Scorer.Whole(text, way == Telling.Echo, 0, cancel) is not null;

    /// <summary>Completions where there are such, else talk.</summary>
    private void FindWay(CancellationToken cancel)
    {
        string prompt = Prompts.Count > 0 ? Prompts[0] : "";
        try
        {
            Client.Ask(EndpointRequests.Completions, Requests.Text(prompt, 1, 0), 0, answer => Completion.TextOf(answer, Options), cancel);
        }
        catch (EndpointException error) when (error.IsNotOffered)
        {
            IsTalk = true;
            Client.Ask(EndpointRequests.Chat, Requests.Talk(prompt, 16, 0), 0, answer => Completion.TextOf(answer, Options), cancel);
        }
    }
}
