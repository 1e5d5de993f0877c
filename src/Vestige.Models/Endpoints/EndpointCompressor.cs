using System.Globalization;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Registry;
using Vestige.Language.Sources;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Models.Endpoints;

/// <summary>A model behind a server that speaks the OpenAI protocol, as a row: its texts and, where it tells them, its probabilities.</summary>
public sealed class EndpointCompressor : ICompressor<Passage>, IHasNotices
{
    // Least bytes of a passage that a self-test is made of, and passages of which the rates are made: 500 of T, of H and of its own.
    private const int LeastBytes = 32, Scored = 1500;

    private readonly EndpointOptions _options;
    private readonly Action<TimeSpan, CancellationToken>? _wait;
    private readonly List<string> _notices = [];

    internal EndpointCompressor(Spec spec, Action<TimeSpan, CancellationToken>? wait = null)
    {
        (Name, _wait) = (spec.Name, wait);
        _options = EndpointOptions.Of(spec);
    }

    /// <summary><c>endpoint:URL,model=NAME</c>. Making one asks nothing.</summary>
    public static CompressorRow<Passage> Row { get; } = new("endpoint", "a model behind a server that speaks the OpenAI protocol; memory is told with --train and --heldout only",
        spec => new EndpointCompressor(spec))
    {
        PathLabel = "URL",
        Options = EndpointOptions.Specs,
    };

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notices => _notices;

    /// <inheritdoc/>
    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        try
        {
            EndpointText model = Open([.. Texts(training).Take(SelfTest.Passages)], Prompts(cancel), ModelCompressor.PassageBytesOf(training), training.Shelf, cancel);
            if (model is IBoundedDensity<Passage>)
            {
                long read = (long)_options.Bounded * model.PassageBytes * model.PassageBytes / 4;
                model.Session.Client.Announce("for bounds of probabilities, at most", 2 * _options.Bounded * model.PassageBytes, 0, read);
            }
            else if (model is IDensity<Passage>)
            {
                model.Session.Client.Announce("for probabilities, at most", Scored, 0, (long)Scored * model.PassageBytes / 4);
            }
            return model;
        }
        catch (EndpointException error)
        {
            // The other rows go on; of a small audit no table has room for the reason.
            _notices.Add($"{Name}: {error.Message}");
            throw new UnusableDocumentException(error.Message, error);
        }
    }

    /// <summary>Asks what the server offers.</summary>
    /// <param name="texts">Real texts, by which it is tested that it tells their probabilities.</param>
    /// <param name="prompts">What texts go on from.</param>
    /// <param name="passageBytes">Bytes of the texts it is asked for.</param>
    /// <param name="shelf">Where answers are kept; null for nowhere.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="EndpointException">It does not answer.</exception>
    internal EndpointText Open(IReadOnlyList<byte[]> texts, IReadOnlyList<string> prompts, int passageBytes, IShelf? shelf, CancellationToken cancel)
    {
        var session = new EndpointSession(_options, shelf, prompts, _wait);
        session.Open(texts, cancel);
        _notices.Add($"{Name}: {session.Settings}");
        if (session.Silent is { } why) _notices.Add($"{Name}: no probabilities: {why}");
        if (_options.Key.Reveal() is not null && _options.Url.StartsWith("http://", StringComparison.Ordinal) && !new Uri(_options.Url).IsLoopback)
            _notices.Add($"{Name}: the key was sent without encryption (http): use https where others could listen");
        return session.Telling switch
        {
            Telling.None => new EndpointText(Name, session, passageBytes),
            Telling.Top => new EndpointBounds(Name, session, passageBytes),
            _ => new EndpointDensity(Name, session, passageBytes, session.Telling == Telling.Echo),
        };
    }

    private static IEnumerable<byte[]> Texts(Training<Passage> training)
    {
        foreach (Entry<Passage> entry in training.Documents)
        {
            IReadOnlyList<Passage> passages;
            try
            {
                passages = entry.Source.Read(entry.Document);
            }
            catch (UnusableDocumentException)
            {
                continue;
            }
            if (passages.FirstOrDefault(one => one.Length >= LeastBytes) is { } passage) yield return passage.Bytes.ToArray();
        }
    }

    /// <summary>The lines of a plain text, or the first words of the documents of anything else.</summary>
    internal IReadOnlyList<string> Prompts(CancellationToken cancel)
    {
        if (_options.Prompts.Length == 0) return [];
        try
        {
            List<string> prompts = [];
            if (Path.GetExtension(_options.Prompts) is ".txt" && File.Exists(_options.Prompts))
            {
                prompts.AddRange(File.ReadLines(_options.Prompts).Where(line => line.Trim().Length > 0));
            }
            else
            {
                var source = TextFolder.Open(_options.Prompts, TextOptions.Default, null, cancel);
                for (int i = 0; i < source.Documents.Count; i++)
                {
                    if (source.Documents[i].Units == 0) continue;
                    // Its own words and blanks, up to the end of the last of them.
                    string start = EndpointScorer.Characters(source.Read(i)[0].Span);
                    int at = 0;
                    for (int word = 0; word < _options.Words && at < start.Length; word++)
                    {
                        while (at < start.Length && char.IsWhiteSpace(start[at])) at++;
                        while (at < start.Length && !char.IsWhiteSpace(start[at])) at++;
                    }
                    if (at > 0) prompts.Add(start[..at]);
                }
            }
            return prompts.Count > 0 ? prompts : throw new UnusableDocumentException($"prompts={_options.Prompts} holds no text to go on from");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnusableDocumentException(string.Create(CultureInfo.InvariantCulture, $"prompts={_options.Prompts} cannot be read: {error.Message}"), error);
        }
    }
}
