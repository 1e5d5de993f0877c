using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vestige.Results;

namespace Vestige.Models.Endpoints;

/// <summary>Asks a server that speaks the OpenAI protocol: patiently, within a number of requests, and nothing twice.</summary>
/// <remarks>A request that failed for a reason that may pass (no connection, time-out, 408, 429, 5xx, an answer that is no whole JSON) is made again after
/// 0.5, 1, 2, ... 30 seconds, or what Retry-After says, at most 2 minutes; a web page only where JSON came before.
/// Redirections are not followed: the key would go elsewhere.</remarks>
internal sealed partial class EndpointClient : IDisposable
{
    private const int MostShown = 200;
    private const double FirstWait = 0.5, LongestWait = 30, LongestRetryAfter = 120;

    private readonly HttpClient _http;
    private readonly EndpointOptions _options;
    private readonly AnswerLog _log;

    // Addresses that have answered with JSON: a web page from another is what is there, and will be.
    private readonly HashSet<string> _speaking = [];
    private int _asked;

    internal EndpointClient(EndpointOptions options, AnswerLog log)
    {
        (_options, _log) = (options, log);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 64 << 20,
        };
    }

    /// <summary>How time passes between two tries; tests let none pass.</summary>
    internal Action<TimeSpan, CancellationToken> Wait { get; init; } = (time, cancel) => cancel.WaitHandle.WaitOne(time);

    /// <summary>Requests made, tries again among them.</summary>
    internal int Asked => _asked;

    /// <summary>Says what is about to be asked, and refuses it where that is more than may be.</summary>
    /// <param name="what">For what: "to draw 200 passages".</param>
    /// <param name="bodies">The requests.</param>
    /// <param name="path">Where they go.</param>
    /// <param name="tokens">About how many tokens are read and written for them all.</param>
    /// <exception cref="EndpointException">They are too many.</exception>
    internal void Announce(string what, string path, IReadOnlyCollection<string> bodies, long tokens)
    {
        int kept = bodies.Count(body => _log.Find(AnswerLog.NameOf(_options.AddressOf(path), body)) is not null);
        Announce(what, bodies.Count - kept, kept, bodies.Count == 0 ? 0 : tokens * (bodies.Count - kept) / bodies.Count);
    }

    /// <summary>The same of a number of requests.</summary>
    internal void Announce(string what, int requests, int kept, long tokens)
    {
        if (requests == 0) return;
        string known = kept == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {kept:N0} answers are kept from before");
        string said = string.Create(CultureInfo.InvariantCulture, $"{_options.Model} at {_options.Url}: {requests:N0} requests of about {tokens:N0} tokens {what}{known}");
        if (_asked + requests > _options.Requests)
        {
            throw new EndpointException(string.Create(CultureInfo.InvariantCulture,
                $"{said}: with {_asked:N0} made that is more than requests={_options.Requests}; say requests=N for more, or audit fewer --units"));
        }
        EndpointMessages.Say(said);
    }

    /// <summary>Asks, unless the answer is known.</summary>
    /// <param name="path">After the address: <c>/completions</c>.</param>
    /// <param name="body">The request, JSON.</param>
    /// <param name="again">A number other than 0 asks the same once more.</param>
    /// <param name="read">Makes of the answer, a JSON object, what is wanted. What it throws on is not kept: the same command would end there for ever.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="EndpointException">There is no answer, or none that can be read.</exception>
    internal T Ask<T>(string path, string body, int again, Func<JsonElement, T> read, CancellationToken cancel)
    {
        string url = _options.AddressOf(path), name = AnswerLog.NameOf(url, again == 0 ? body : $"{body} {again}");
        if (_log.Find(name) is { } kept && Parse(kept) is { } known)
        {
            try
            {
                T before = read(known);
                _speaking.Add(url);
                return before;
            }
            catch (EndpointException)
            {
                // Kept by a version that kept everything.
                _log.Drop(name);
            }
        }
        for (int attempt = 0; ; attempt++)
        {
            if (_asked >= _options.Requests)
                throw new EndpointException($"{_options.Model} at {_options.Url}: {_options.Requests} requests were made, and requests={_options.Requests} allows no more");
            _asked++;
            (string? answer, string fault, int? status, TimeSpan? after) = Once(url, body, cancel);
            if (answer is not null && Parse(answer) is { } whole)
            {
                _speaking.Add(url);
                T result = read(whole);
                _log.Keep(name, _options.Key.Redact(answer));
                return result;
            }
            bool passes = status is null or 408 or 429 or (>= 500 and not 501);
            if (!passes || attempt >= _options.Retries)
            {
                string tries = attempt > 0 ? $" ({attempt + 1} tries)" : "";
                throw new EndpointException($"{_options.Model} at {url} {_options.Key.Redact(fault)}{tries}") { Status = status };
            }
            TimeSpan wait = after ?? TimeSpan.FromSeconds(Math.Min(LongestWait, FirstWait * Math.Pow(2, attempt)));
            EndpointMessages.Say(string.Create(CultureInfo.InvariantCulture, $"{_options.Model} at {url} {_options.Key.Redact(fault)}: once more in {wait.TotalSeconds:0.#} s"));
            Wait(wait, cancel);
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Forgets what was answered to a request.</summary>
    internal void Forget(string path, string body) => _log.Drop(AnswerLog.NameOf(_options.AddressOf(path), body));

    public void Dispose() => _http.Dispose();

    private (string? Answer, string Fault, int? Status, TimeSpan? After) Once(string url, string body, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.Timeout));
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (_options.Key.Reveal() is { } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using HttpResponseMessage response = _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token).GetAwaiter().GetResult();
            string text = response.Content.ReadAsStringAsync(limit.Token).GetAwaiter().GetResult();
            if (response.IsSuccessStatusCode)
            {
                // No second try makes a number of it.
                if (NoNumber(text) is { } none) return (text, none, (int)response.StatusCode, null);
                bool isPage = text.AsSpan().TrimStart().StartsWith("<");
                string what = isPage ? "a web page instead of JSON: is the address right?" : "what is no whole JSON object";
                return (text, $"answered with {what}{Shown(text)}", isPage && !_speaking.Contains(url) ? (int)response.StatusCode : null, null);
            }
            int status = (int)response.StatusCode;
            // A hosted filter refuses a prompt so, and would each time: an answer, without a text.
            if (status == 400 && Parse(text) is { } refused && Completion.IsFiltered(refused)) return (Completion.Filtered, "", status, null);
            string why = status switch
            {
                401 or 403 => _options.Key.Reveal() is null ? ": it wants a key; name the variable that holds it with key-env=VARIABLE" : ": it does not take the key",
                >= 300 and < 400 => ": it sends elsewhere, which is not followed; give the address itself",
                _ => Shown(text),
            };
            return (null, $"answered with status {status}{why}", status, After(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"did not answer within {_options.Timeout:0.##} s"), null, null);
        }
        catch (HttpRequestException error)
        {
            return (null, $"cannot be reached: {error.Message}", null, null);
        }
        catch (IOException error)
        {
            return (null, $"broke off its answer: {error.Message}", null, null);
        }
    }

    private static TimeSpan? After(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? (header?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        return wait is { } time ? TimeSpan.FromSeconds(Math.Clamp(time.TotalSeconds, 0, LongestRetryAfter)) : null;
    }

    /// <summary>An answer, or null where it is no object of JSON. A half of a pair of surrogates, which a cut emoji leaves, becomes U+FFFD: no reader throws on it.</summary>
    internal static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Escapes().Replace(text, escape => escape.Groups["half"].Success ? "\\ufffd" : escape.Value));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with an answer that would be JSON but for a number that is none; null for anything else.</summary>
    private static string? NoNumber(string text)
    {
        if (Parse(text) is not null || NoNumbers().Matches(text).FirstOrDefault(match => match.Groups["none"].Success) is not { } first
            || Parse(NoNumbers().Replace(text, match => match.Groups["none"].Success ? "null" : match.Value)) is null) return null;
        int start = Math.Max(0, first.Index - (MostShown / 2));
        return $"answered with {first.Value} where a number belongs, which JSON has no word for (probabilities=none asks for texts alone): "
            + $"{(start > 0 ? "…" : "")}{Shown(text[start..])[2..]}";
    }

    // Strings are passed over: what stands in them is text.
    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""|(?<none>(?<![\w-])-?(?:NaN|nan|Infinity|infinity|Inf|inf)\b)")]
    private static partial Regex NoNumbers();

    [GeneratedRegex(@"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})")]
    private static partial Regex Escapes();

    private static string Shown(string text)
    {
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "" : $": {Names.Printable(line.Length > MostShown ? line[..MostShown] + "…" : line)}";
    }
}
