using Vestige.Audits;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.NGrams;
using Vestige.Language.Reading;
using Vestige.Language.Sources;
using Vestige.Language.Transformer;
using Vestige.Language.Views;

namespace Vestige.Cli.Domains;

/// <summary>Text, in passages of equal length.</summary>
internal static class TextDomain
{
    internal static Domain<Passage> Create() => new("text")
    {
        Compressors = [NGramCompressor.Row, TransformerCompressor.Row],
        Views = TextViews.Default,
        Parrot = new Parrot<Passage>(passage => passage.Length),
        Version = () => $"vestige {Audit.ThisVersion}",
        CloseReading = threads => new TextReading(threads),
        FirstViewLeads = false,
        Takes = TextFolder.Takes,
        Open = Open,
        Notices = source => source is TextFolder folder ? folder.Notices : [],
    };

    private static TextFolder Open(SourceRequest request, IProgress<Advance> progress, CancellationToken cancel)
    {
        if (request.Scale is not null) throw new UsageException($"--scale {request.Scale}: only images can be reduced");
        try
        {
            TextFolder folder = TextFolder.Open(request.Path, TextOptions.Default, progress, cancel);
            return folder.Documents.Count > 0 ? folder
                : throw new DataException($"{request.Path} holds no text ({folder.Ignored} files with other extensions were passed over)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(e.Message);
        }
    }
}
