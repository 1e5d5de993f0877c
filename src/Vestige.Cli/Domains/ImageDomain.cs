using Vestige.Cli.Faults;
using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Images.Copies;
using Vestige.Images.Exhibits;
using Vestige.Images.Interop;
using Vestige.Images.Paired;
using Vestige.Images.Sources;
using Vestige.Images.Views;
using Vestige.Sources;

namespace Vestige.Cli.Domains;

/// <summary>Photographs and other images.</summary>
internal static class ImageDomain
{
    internal static Domain<Picture> Create() => new("images")
    {
        SizeUnit = "pixel",
        Compressors = PictureCompressors.Rows,
        Views = PictureViews.All,
        Parrot = new Parrot<Picture>(LosslessReference.Bytes, Clock.Seconds),
        Version = () => $"libvips {Vips.Version}, {LosslessReference.Name}",
        NearCopies = new NearPictures(),
        Pairing = new PicturePairing(),
        Shuffle = ShuffledPicture.Of,
        Exhibitor = new PictureExhibitor(),
        Takes = PictureFolder.Takes,
        Open = Open,
        Added = Added,
        Notices = source => source is PictureFolder folder ? folder.Notices : [],
    };

    /// <summary>Photographs that are JPEG files, as they are: the lossless code to beat is one of such files.</summary>
    private static IReadOnlyList<CompressorRow<Picture>> Added(ISource<Picture> source) =>
        source is PictureFolder { IsReduced: false } && source.Documents.All(document => document.Format == "jpeg") ? [PictureCompressors.Transcode] : [];

    private static PictureFolder Open(SourceRequest request, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        request.RefuseText("images", inFolders: true);
        Ratio scale;
        try
        {
            scale = request.Scale is null ? Ratio.One : Ratio.Parse(request.Scale);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--scale {request.Scale}: {e.Message}");
        }
        try
        {
            PictureFolder folder = PictureFolder.Open(request.Path, PictureOptions.Default with
            {
                Scale = scale,
                Memory = request.Memory,
                Known = request.Known,
                MostDocuments = request.MostDocuments,
                ByFolder = request.Text.Group is not null,
            }, progress, cancel);
            return folder.Documents.Count > 0 ? folder
                : throw new DataException($"{request.Path} holds no images{(folder.Passed is { } passed ? $" ({passed}); what is text is read with --ext EXTENSION" : "")}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or VipsException)
        {
            throw new DataException(e.Message);
        }
    }
}
