using System.Globalization;
using Vestige.Specs;

namespace Vestige.Models.Endpoints;

/// <summary>A server and how it is asked, as <c>endpoint:URL,model=NAME</c> says it.</summary>
/// <param name="Url">Where the protocol's paths begin, without a slash at the end: <c>http://localhost:8080/v1</c>.</param>
/// <param name="Model">The model's name there.</param>
internal sealed record EndpointOptions(string Url, string Model)
{
    /// <summary>Requests at most, answers that are kept not counted.</summary>
    internal int Requests { get; init; } = 10_000;

    /// <summary>Seconds until an answer must be there.</summary>
    internal double Timeout { get; init; } = 120;

    /// <summary>How often a request is made again after it failed.</summary>
    internal int Retries { get; init; } = 5;

    /// <summary>How many most probable tokens are asked for where the server tells no more.</summary>
    internal int Top { get; init; } = 5;

    /// <summary>Passages of T and of H whose probability is asked for token by token.</summary>
    internal int Bounded { get; init; } = 4;

    /// <summary>Texts of T and of H from whose beginnings it is asked to go on.</summary>
    internal int Continued { get; init; } = 50;

    internal double Temperature { get; init; } = 1;

    internal double TopP { get; init; } = 1;

    /// <summary>Which way of asking for probabilities: auto, echo, prompt, top, none.</summary>
    internal string Probabilities { get; init; } = "auto";

    /// <summary>A text whose documents' first words texts go on from; empty for none.</summary>
    internal string Prompts { get; init; } = "";

    /// <summary>Words of each.</summary>
    internal int Words { get; init; } = 8;

    /// <summary>The secret, from the environment; null for none. Never printed: a record's own text would show it.</summary>
    internal Secret Key { get; init; } = new(null);

    /// <summary>The options of a row.</summary>
    internal static IReadOnlyList<OptionSpec> Specs { get; } =
    [
        OptionSpec.Text("model", "", "the model's name there"),
        OptionSpec.Text("key-env", "", "the variable of the environment that holds the key; without it none is sent"),
        OptionSpec.Text("prompts", "", "a file or folder of texts whose first words passages go on from; without it from nothing"),
        OptionSpec.WholeNumber("words", 1, 1000, 8, "words of each that are given"),
        OptionSpec.Choice("probabilities", ["auto", "echo", "prompt", "top", "none"], "how probabilities are asked for: echo with logprobs, prompt_logprobs, token by token"),
        OptionSpec.WholeNumber("top", 1, 100_000, 5, "most probable tokens that are asked for, token by token"),
        OptionSpec.WholeNumber("bounded", 1, 1000, 4, "passages of T and of H that are scored token by token"),
        OptionSpec.WholeNumber("continued", 0, 10_000, 50, "texts of T and of H whose beginning it is asked to go on from, for extraction"),
        OptionSpec.WholeNumber("requests", 1, 100_000_000, 10_000, "requests at most; kept answers are not counted") with { Hidden = true },
        OptionSpec.Number("timeout", 0.05m, 3600, 120, "seconds until an answer must be there") with { Hidden = true },
        OptionSpec.WholeNumber("retries", 0, 100, 5, "how often a request that failed is made again") with { Hidden = true },
        OptionSpec.Number("temperature", 0, 100, 1, "passed on to the server"),
        OptionSpec.Number("top_p", 0.001m, 1, 1, "passed on to the server"),
    ];

    /// <exception cref="SpecException">Something is missing or wrong; the message is for the user.</exception>
    internal static EndpointOptions Of(Spec spec)
    {
        string url = spec.Path!;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            throw new SpecException($"endpoint needs the address of a server, as endpoint:http://localhost:8080,model=NAME; {url} is none.");
        if (address.UserInfo.Length > 0 || address.Query.Length > 0)
            throw new SpecException("an endpoint's address holds no name, password or key: put the key into a variable of the environment and name that with key-env=VARIABLE.");
        string place = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        foreach (string ending in new[] { "/chat/completions", "/completions" })
            if (place.EndsWith(ending, StringComparison.Ordinal)) place = place[..^ending.Length];
        if (address.AbsolutePath.Trim('/').Length == 0) place += "/v1";
        if (spec.Text("model").Length == 0) throw new SpecException("endpoint needs the model's name there: endpoint:URL,model=NAME.");
        return new EndpointOptions(place, spec.Text("model"))
        {
            Requests = spec.WholeNumber("requests"),
            Timeout = spec.Number("timeout"),
            Retries = spec.WholeNumber("retries"),
            Top = spec.WholeNumber("top"),
            Bounded = spec.WholeNumber("bounded"),
            Continued = spec.WholeNumber("continued"),
            Temperature = spec.Number("temperature"),
            TopP = spec.Number("top_p"),
            Probabilities = spec.Choice("probabilities"),
            Prompts = spec.Text("prompts"),
            Words = spec.WholeNumber("words"),
            Key = Secret.FromEnvironment(spec.Text("key-env")),
        };
    }

    /// <summary>Where a request goes.</summary>
    /// <param name="path">After the address: <c>/completions</c>; what is beside the protocol stands beside its version.</param>
    internal string AddressOf(string path) => (path == EndpointRequests.Tokenize && Url.EndsWith("/v1", StringComparison.Ordinal) ? Url[..^3] : Url) + path;

    /// <summary>What decides the answers: all but how patiently they are asked for, and the key.</summary>
    internal string Identity => string.Create(CultureInfo.InvariantCulture, $"{Url} {Model} temperature {Temperature} top_p {TopP} prompts {Prompts} of {Words} words");
}

/// <summary>A key that shows itself in no text.</summary>
internal sealed class Secret(string? value)
{
    /// <summary>The key, for the header alone; null where there is none.</summary>
    internal string? Reveal() => value;

    /// <summary>A text without the key, should a server have put it there.</summary>
    internal string Redact(string text) => string.IsNullOrEmpty(value) ? text : text.Replace(value, "[key]", StringComparison.Ordinal);

    public override string ToString() => value is null ? "no key" : "[key]";

    /// <exception cref="SpecException">There is no such variable, or it is empty.</exception>
    internal static Secret FromEnvironment(string variable)
    {
        if (variable.Length == 0) return new Secret(null);
        string? found = Environment.GetEnvironmentVariable(variable)?.Trim();
        if (string.IsNullOrEmpty(found))
            throw new SpecException($"key-env={variable}: the environment has no variable of that name, or an empty one; key-env takes its name, not the key.");
        return found.Any(c => c is < ' ' or > '~') ? throw new SpecException($"key-env={variable}: what it holds cannot be sent as a key: it has characters beyond plain ASCII.")
            : new Secret(found);
    }
}
