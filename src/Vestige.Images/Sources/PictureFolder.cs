using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using Vestige.Compressors;
using Vestige.Conclusions.Wording;
using Vestige.Files;
using Vestige.Images.Interop;
using Vestige.Images.Jpeg;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Images.Sources;

/// <summary>How pictures are read.</summary>
/// <param name="Scale">Reduces each by area averaging on sRGB values.</param>
/// <param name="PixelLimit">Most pixels of an image, before scaling; a larger one is named and not decoded. At most
/// <see cref="MostPixels"/>.</param>
public readonly record struct PictureOptions(Ratio Scale, long PixelLimit)
{
    /// <summary>Highest limit on pixels: three bytes of each must fit an array.</summary>
    public const long MostPixels = 700_000_000;

    /// <summary>What all pictures that are open at once may take; null for no limit but that on pixels.</summary>
    public MemoryBudget? Memory { get; init; }

    /// <summary>What earlier readings found of the files, which takes up what this one finds; null for none.</summary>
    public FileListing? Known { get; init; }

    /// <summary>Whether images of one folder below the one that is opened belong together (shots of one scene, pictures of one patient); what lies directly in it
    /// stands alone. Folders that share an image byte for byte are one.</summary>
    public bool ByFolder { get; init; }

    /// <summary>Of a folder with more images so many are kept, drawn by what they hold; <see cref="ContentSample.Least"/> and more.</summary>
    public int MostDocuments { get; init; } = ContentSample.Usual;

    /// <summary>As they are, up to 200 megapixels.</summary>
    public static PictureOptions Default { get; } = new(Ratio.One, 200_000_000);
}

/// <summary>A folder of images, or one image: every file below it that has the extension of an image, by path.</summary>
/// <remarks>
/// Files are read whole and decoded from memory, so that a name may hold anything. Each is hashed when the folder is opened, and of very many some are kept; a file
/// that is found changed afterwards is not used. Links to files are followed, links to folders are not (they may lead round in a circle).
/// </remarks>
public sealed class PictureFolder : ISource<Picture>, IRationed
{
    private readonly IReadOnlyList<FoundPicture> _files;
    private readonly PictureOptions _options;
    private readonly PictureGroups? _groups;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedSet<int>> _notices = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _scanNotices;
    private readonly double[] _outside;
    private readonly bool[] _isSound;

    private PictureFolder(string name, PictureScan scan, PictureOptions options)
    {
        Name = name;
        _groups = options.ByFolder ? new PictureGroups(scan.Pictures) : null;
        Documents = new DocumentList(scan.Pictures, _groups);
        Ignored = scan.Ignored;
        Passed = scan.Passed;
        _files = scan.Pictures;
        _scanNotices = scan.Notices;
        Population = scan.Population;
        _outside = new double[_files.Count];
        _isSound = new bool[_files.Count];
        _options = options;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Whether a file of this name is taken from a folder.</summary>
    public static bool Takes(string name) => PictureFormat.Takes(name);

    /// <inheritdoc/>
    public Medium Medium { get; } = new("image", "images", "pixel", 24) { Document = "file" };

    /// <inheritdoc/>
    /// <remarks>Files known to be unusable when the folder was opened (empty, a broken link, not readable) are among them, with
    /// <see cref="Document.Content"/> 0; reading them says why.</remarks>
    public IReadOnlyList<Document> Documents { get; }

    /// <inheritdoc/>
    public long? Population { get; }

    /// <summary>Whether pictures are not those of the files but reduced ones.</summary>
    public bool IsReduced => _options.Scale != Ratio.One;

    /// <summary>Files passed over because their extension is not an image's.</summary>
    public int Ignored { get; }

    /// <summary>What they are, in words; null where there are none.</summary>
    public string? Passed { get; }

    /// <summary>What was noticed so far and stopped nothing: folders passed over, warnings of decoders with the files that they
    /// came from.</summary>
    public IReadOnlyList<string> Notices
    {
        get
        {
            lock (_lock)
            {
                return [.. _scanNotices, .. GroupNotice(), .. OutsideNotice(), .. _notices
                    .OrderBy(n => n.Value.Min).ThenBy(n => n.Key, StringComparer.Ordinal)
                    .Select(n => n.Value.Count == 1
                        ? $"{Names.Printable(Documents[n.Value.Min].Name)}: {n.Key}"
                        : $"{Names.Printable(Documents[n.Value.Min].Name)} and {n.Value.Count - 1} more: {n.Key}")];
            }
        }
    }

    /// <summary>Finds the files, and hashes those that are not known.</summary>
    /// <param name="path">A folder, or one file, which is then taken whatever its extension.</param>
    /// <param name="options">How pictures are read.</param>
    /// <param name="progress">How far hashing is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="IOException">There is no such file or folder, or the folder cannot be listed; the message is for the user.</exception>
    /// <exception cref="VipsException">libvips is missing or too old.</exception>
    public static PictureFolder Open(string path, PictureOptions options, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PixelLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.PixelLimit, PictureOptions.MostPixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostDocuments, ContentSample.Least);
        Vips.Initialise();
        // It has done its part.
        return new PictureFolder(path, PictureScan.Of(path, options.MostDocuments, options.Known, progress, cancel), options with { Known = null });
    }

    /// <inheritdoc/>
    public IReadOnlyList<Picture> Read(int document)
    {
        List<string> notices = [];
        try
        {
            if (_files[document].Fault is { } fault) throw new UnusableDocumentException(fault);
            byte[] content = Load(document);
            // Also where no room was asked for: what does not fit alone is never opened.
            if (_options.Memory is { } memory) PictureCost.Of(content, _options.Scale, memory);
            // Once is enough: that the content is what it was has just been seen.
            if (!Volatile.Read(ref _isSound[document]))
            {
                PictureReader.CheckData(content, _options.PixelLimit);
                Volatile.Write(ref _isSound[document], true);
            }
            DecodedFile decoded = PictureReader.Read(content, _options.PixelLimit, notices);
            lock (_lock) _outside[document] = decoded.Facts.OutsideSrgb;
            if (decoded.Facts.HasAlpha) notices.Add("has a channel of transparency: it was laid over white");
            Note(document, notices);
            Picture picture = decoded.Picture;
            return [_options.Scale == Ratio.One ? new Picture(picture.Width, picture.Height, picture.Rgb) { Stored = () => Load(document) }
                : AreaAverage.Reduce(picture, _options.Scale)];
        }
        catch (UnusableDocumentException error)
        {
            throw new UnusableDocumentException($"{Names.Printable(Documents[document].Name)}: {error.Message}", error);
        }
    }

    /// <summary>The quality that a document's file was coded with, where it is a JPEG whose tables are libjpeg's; null where it is not, or cannot be read.</summary>
    public int? JpegQualityOf(int document)
    {
        try
        {
            return _files[document].Fault is null ? JpegQuality.Of(Load(document)) : null;
        }
        catch (UnusableDocumentException)
        {
            // Whoever reads it is told why.
            return null;
        }
    }

    /// <inheritdoc/>
    public IDisposable Reserve(int document, CancellationToken cancel)
    {
        if (_options.Memory is not { } memory) return NoRation.Instance;
        try
        {
            if (_files[document].Fault is { } fault) throw new UnusableDocumentException(fault);
            long bytes = _files[document].File.Bytes;
            if (bytes >= memory.Total) throw PictureCost.TooLarge($"{bytes} bytes", bytes, memory);
            return memory.Take(PictureCost.Of(Load(document), _options.Scale, memory), cancel);
        }
        catch (UnusableDocumentException error)
        {
            throw new UnusableDocumentException($"{Names.Printable(Documents[document].Name)}: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public long SizeOf(Picture item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Pixels;
    }

    private sealed class NoRation : IDisposable
    {
        internal static readonly NoRation Instance = new();

        public void Dispose()
        {
            // There is nothing to give back.
        }
    }

    private byte[] Load(int document)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(_files[document].File.Path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableDocumentException("changed during the run: it is gone", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnusableDocumentException(FolderScan.Reason(error), error);
        }
        return PictureScan.Truncate(SHA256.HashData(bytes)) == _files[document].Content
            ? bytes
            : throw new UnusableDocumentException("changed during the run: its content is not what it was at the start");
    }

    private IEnumerable<string> OutsideNotice()
    {
        int[] wide = [.. Enumerable.Range(0, _outside.Length).Where(document => _outside[document] > 0)];
        if (wide.Length == 0) yield break;
        int most = wide.MaxBy(document => _outside[document]);
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{wide.Length} of {Documents.Count} images have colours outside sRGB, which were clipped to it: {Words.Percent(_outside[most])} of the "
                + $"pixels of {Names.Printable(Documents[most].Name)}, and fewer of the others");
    }

    private void Note(int document, List<string> notices)
    {
        if (notices.Count == 0) return;
        lock (_lock)
        {
            foreach (string notice in notices)
            {
                if (!_notices.TryGetValue(notice, out SortedSet<int>? documents)) _notices[notice] = documents = [];
                documents.Add(document);
            }
        }
    }

    // Made when asked for: a folder may have very many.
    private string[] GroupNotice() => _groups is null ? [] : _groups.Notice(Name) is { } joined ? [joined] : _files.Any(file => _groups.Of(file) != 0) ? []
        : [$"all images of {Name} lie directly in it: each is dealt by itself; what belongs together goes into a folder of its own"];

    private sealed class DocumentList(IReadOnlyList<FoundPicture> files, PictureGroups? groups) : IReadOnlyList<Document>
    {
        public int Count => files.Count;

        public Document this[int index] => new(files[index].File.Name, 1, files[index].File.Bytes, files[index].Content)
        {
            Format = files[index].Format,
            Group = groups?.Of(files[index]) ?? 0,
        };

        public IEnumerator<Document> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
