using Vestige.Audits;
using Vestige.Cli.Faults;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Coders;
using Vestige.Language.Comparisons;
using Vestige.Language.Paired;
using Vestige.Language.Reading;
using Vestige.Language.Registry;
using Vestige.Language.Sketches;
using Vestige.Language.Sources;
using Vestige.Language.Strings;
using Vestige.Language.Views;
using Vestige.Models;
using Vestige.Models.Endpoints;

namespace Vestige.Cli.Domains;

/// <summary>Text, in passages of equal length.</summary>
internal static class TextDomain
{
    /// <summary>Compressors whose model can be trained by itself.</summary>
    internal static IReadOnlyList<CompressorRow<Passage>> Trainable { get; } = TextModels.Rows;

    internal static Domain<Passage> Create() => new("text")
    {
        SizeUnit = "byte",
        Compressors = [.. Trainable, SketchCompressor.Row, ModelCompressor.Row, GgufCompressor.Row, EndpointCompressor.Row],
        Views = TextViews.Default,
        OtherView = TextViews.Parse,
        Parrot = new Parrot<Passage>(passage => passage.Length),
        Peers = new CoderPrograms(),
        Pairing = new TextPairing(),
        Shuffle = ShuffledWords.Of,
        Version = () => $"vestige {Audit.ThisVersion}",
        NearCopies = new NearTexts(),
        Comparison = new ModelComparison(),
        CloseReading = (threads, extraction) => new TextReading(threads, extraction),
        Planted = plan => plan.Canaries == 0 ? [] : Canaries.Of(plan.Canaries, plan.Seed).Documents,
        FirstViewLeads = false,
        Takes = TextFolder.Takes,
        Open = Open,
        Notices = source => source is TextFolder folder ? folder.Notices : [],
    };

    internal static TextFolder Open(SourceRequest request, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        if (request.Scale is not null) throw new UsageException($"--scale {request.Scale}: only images can be reduced");
        try
        {
            TextFolder folder = TextFolder.Open(request.Path, request.Text.Options with { Known = request.Known, MostDocuments = request.MostDocuments }, progress, cancel);
            // What a generator wrote has no author.
            if (request.IsReal && folder.WhyUngrouped is { } why) throw new UsageException($"--group {request.Text.Options.Group}: {why}");
            return folder.Documents.Count > 0 ? folder
                : throw new DataException(request.Text.Extensions.Count > 0
                    ? $"{request.Path} holds no files with the extension {string.Join(" or ", request.Text.Extensions)}{(folder.Passed is { } others ? $" ({others})" : "")}"
                    : $"{request.Path} holds no text{(folder.Passed is { } passed ? $" ({passed}); to read others as text say which: --ext {folder.Commonest}" : "")}");
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message.TrimEnd('.'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(e.Message);
        }
    }
}
