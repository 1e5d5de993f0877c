using System.Collections;
using System.Globalization;
using Vestige.Compressors;
using Vestige.Files;
using Vestige.Language.Sources.Records;
using Vestige.Sources;

namespace Vestige.Language.Sources;

/// <summary>A folder of texts, or one text, by path: every .txt, .md, .jsonl and .parquet below it, or what extensions are asked for, also packed.</summary>
/// <remarks>
/// A document is a file, a record of a .jsonl, .json, .csv, .tsv or .parquet, or what stands between two separators; where there are fewer than
/// <see cref="FewDocuments"/>, each is cut into sections of about 16 KB (a whole number of passages), which are then the documents. Documents are cut into
/// passages of equal length that never cross from one into the next; the last of a document is as long as what is left, and counts by its length. A byte order
/// mark is left out, CR LF and CR become LF, nothing else is changed. Invalid UTF-8 and NUL are refused, with their offset. Each file is read once, in a stream,
/// when the folder is opened; of its text nothing stays in memory, and what is found changed afterwards is not used. What must be unpacked or taken out of
/// records is kept in a temporary file on disk, as long as the text. Links to files are followed, links to folders are not (they may lead round in a circle).
/// </remarks>
public sealed class TextFolder : ISource<Passage>
{
    /// <summary>Under so many documents a corpus is cut into sections.</summary>
    public const int FewDocuments = 200;

    private readonly TextOptions _options;
    private readonly IReadOnlyList<IndexedFile> _files;
    private readonly TextPiece[] _pieces;
    private readonly int _records;
    private readonly Spool? _spool;

    private TextFolder(string path, TextOptions options, IReadOnlyList<IndexedFile> files, TextIndexer indexer, FolderScan? scan, Drawing? drawing)
    {
        Name = path;
        Passed = scan?.Passed;
        Commonest = (scan?.Kinds ?? new Dictionary<string, int>()).Where(kind => kind.Key.Length > 1).OrderByDescending(kind => kind.Value)
            .ThenBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => kind.Key[1..]).FirstOrDefault("EXT");
        Ignored = scan?.Ignored ?? 0;
        _options = options;
        _files = files;
        _spool = indexer.Spool;
        _records = files.Sum(file => file.Records.Read + file.Records.Bad);
        int found = files.Sum(file => file.Documents.Count);
        _pieces = [.. files.SelectMany((file, i) => TextPiece.Of(file, i, sections: found < FewDocuments))];
        Documents = new DocumentList(this);
        Population = drawing?.Population ?? indexer.Sample.Population;
        Notices = drawing?.Notices ?? [.. scan?.Notices ?? [], .. Notes(found, indexer.Sample), .. UngroupedNotice()];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc cref="TextFile.IsText"/>
    public static bool Takes(string name) => TextFile.IsText(name);

    /// <summary>Whether a file of this name is taken from a folder that holds no other text.</summary>
    public static bool MayTake(string name) => TextFile.Otherwise.Any(extensions => TextFile.Has(name, extensions));

    /// <inheritdoc/>
    public Medium Medium => field ??= new Medium("passage", "passages", "byte", 8) { FullSize = _options.PassageBytes, Document = Kind };

    /// <summary>What its documents are called; a common word where they are of several kinds.</summary>
    private string Kind => _pieces.All(piece => piece.Section > 0) ? "section"
        : _pieces.All(piece => piece.Section == 0 && IsRecord(piece)) ? "record"
        : _pieces.All(piece => piece is { Section: 0, Line: 0 }) ? "file" : "document";

    /// <inheritdoc/>
    /// <remarks>A file of which nothing, or not every record, can be used is among them once more, with no passages and
    /// <see cref="Document.Content"/> 0; reading it says why.</remarks>
    public IReadOnlyList<Document> Documents { get; }

    /// <inheritdoc/>
    public long? Population { get; }

    /// <summary>Files passed over because of their extension.</summary>
    public int Ignored { get; }

    /// <summary>What they are, in words; null where there are none.</summary>
    public string? Passed { get; }

    /// <summary>The extension that most of them have, without its dot.</summary>
    public string Commonest { get; }

    /// <summary>What was noticed and done about the text, for the user.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>Why its documents are not in groups, where a field was named that groups them and none has it; else null.</summary>
    public string? WhyUngrouped => _options.GroupField is not { } by || _pieces.All(piece => piece.Fault is not null) || _pieces.Any(piece => piece.Group != 0) ? null
        : _pieces.Any(IsRecord) ? $"no record of {Name} has a field \"{by}\"; what stands within another field is named by its path, as in meta.author"
            : $"{Name} holds files and no records, whose fields it names: say {TextOptions.ByFile}, {TextOptions.ByFolder} or {TextOptions.BySection}";

    /// <summary>Finds the texts, and reads once those that are not known.</summary>
    /// <param name="path">A folder, or one file, which is then taken whatever its extension.</param>
    /// <param name="options">How text is read.</param>
    /// <param name="progress">How far reading is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="IOException">There is no such file or folder, the folder cannot be listed, or no temporary file can be made; the message is for the user.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message is for the user.</exception>
    public static TextFolder Open(string path, TextOptions options, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        string key = string.Create(CultureInfo.InvariantCulture,
            $"texts {options.MostDocuments} {options.SectionBytes} {string.Join(' ', options.Extensions ?? [])} {Path.GetFullPath(path)}");
        (IReadOnlyList<FoundFile> Files, Drawing Drawing)? drawn = options.Known?.Drawn(key, FolderScan.RootOf(path));
        FolderScan? scan = drawn is null ? TextScan.Of(path, options, progress, cancel) : null;
        IReadOnlyList<FoundFile>? listed = drawn?.Files ?? scan!.Listed;
        byte[]?[]? known = options.Known?.Begin(key, listed ?? []);
        var indexer = new TextIndexer(options, listed?.Count ?? scan!.Count, listed?.Sum(file => file.Bytes));
        try
        {
            int number = 0;
            foreach (FoundFile file in listed ?? scan!.Files)
            {
                indexer.Read(TextFile.Of(file), listed is null ? null : known?[number], progress, cancel);
                number++;
            }
            IndexedFile[] files = [.. indexer.Sample.Files.OrderBy(file => file.File.Found.Name, StringComparer.Ordinal)];
            var folder = new TextFolder(path, options with { Known = null }, files, indexer, scan, drawn?.Drawing);
            Drawing? drawing = folder.Population is { } population ? new Drawing(population, folder.Notices) : null;
            // What must be taken out of files is taken out by every process, of all of them.
            if (drawing is null || !files.Any(ListedText.IsElsewhere))
                options.Known?.End(key, [.. files.Select(file => file.File.Found)], i => ListedText.Pack(files[i]), drawing);
            return folder;
        }
        catch
        {
            indexer.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Passage> Read(int document)
    {
        TextPiece piece = _pieces[document];
        string name = NameOf(piece with { Section = 0 });
        try
        {
            byte[] text = Load(piece);
            int length = _options.PassageBytes;
            var passages = new Passage[Passages(text.Length)];
            for (int i = 0; i < passages.Length; i++)
                passages[i] = new Passage(text.AsMemory(i * length, Math.Min(length, text.Length - (i * length))), name, piece.Run.Offset + ((long)i * length));
            return passages;
        }
        catch (UnusableDocumentException error)
        {
            throw new UnusableDocumentException($"{name}: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public long SizeOf(Passage item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Length;
    }

    /// <inheritdoc/>
    public long? CharactersOf(Passage item)
    {
        ArgumentNullException.ThrowIfNull(item);
        long characters = 0;
        // Bytes that continue no character.
        foreach (byte value in item.Span) characters += (value & 0xC0) == 0x80 ? 0 : 1;
        return characters;
    }

    private UInt128 GroupOf(TextPiece piece) => _options.Group switch
    {
        null => piece.Whole,
        TextOptions.BySection => 0,
        TextOptions.ByFile => HashOf(_files[piece.File].File.Name),
        TextOptions.ByFolder => HashOf(FolderOf(piece) is { Length: > 0 } folder ? folder : _files[piece.File].File.Name),
        _ => piece.Group,
    };

    private static UInt128 HashOf(string name) => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(name));

    private string[] UngroupedNotice() => _options.Group != TextOptions.ByFolder || _pieces.Any(piece => FolderOf(piece) is { Length: > 0 }) ? []
        : [$"all files of {Name} lie directly in it: each is dealt by itself; what belongs together goes into a folder of its own"];

    private string? FolderOf(TextPiece piece) => Path.GetDirectoryName(_files[piece.File].File.Name);

    private bool IsRecord(TextPiece piece) => piece.Line > 0 && _files[piece.File].File.IsRecords;

    private int Passages(long bytes) => (int)((bytes + _options.PassageBytes - 1) / _options.PassageBytes);

    private byte[] Load(TextPiece piece)
    {
        if (piece.Fault is { } fault) throw new UnusableDocumentException(fault);
        if (piece.Run.Length > Array.MaxLength) throw new UnusableDocumentException("is one document of more than 2 GB; split it");
        byte[] text = new byte[piece.Run.Length];
        int filled = 0;
        try
        {
            using Stream stream = piece.Spooled ? _spool!.OpenAt(piece.Run.Start) : OpenAt(_files[piece.File].File.Found.Path, piece.Run.Start);
            // What was spooled has had its line ends made one, unless they were to stay.
            if (piece.Spooled) filled = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            byte[] raw = new byte[(int)Math.Min(1 << 16, piece.Run.Length + (piece.Run.Length / 16) + 64)];
            var lineEnds = new LineEnds();
            for (int read; filled < text.Length && (read = stream.Read(raw)) > 0;)
                filled += lineEnds.Copy(raw.AsSpan(0, read), text.AsSpan(filled)).Given;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableDocumentException("changed during the run: it is gone", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnusableDocumentException(FolderScan.Reason(error), error);
        }
        return filled == text.Length && ContentHash.Of(text) == piece.Run.Content
            ? text
            : throw new UnusableDocumentException("changed during the run: its content is not what it was at the start");
    }

    private static FileStream OpenAt(string path, long start)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        stream.Seek(start, SeekOrigin.Begin);
        return stream;
    }

    private List<string> Notes(int found, DocumentSample sample)
    {
        List<string> notes = [];
        int changed = _files.Count(file => file.Documents.Any(document => document.Document.LineEndsChanged > 0));
        int marked = _files.Count(file => file.HadMark);
        if (changed + marked > 0)
        {
            notes.Add($"line ends CR LF or CR read as LF in {Count(changed, "file")}, a byte order mark left out of {Count(marked, "file")}");
        }
        if (sample.Notice(Kind + "s") is { } drawn) notes.Add(drawn);
        int sections = _pieces.Count(piece => piece.Section > 0);
        if (sections > 0)
        {
            notes.Add($"{Count(found, "document")} {(found == 1 ? "is" : "are")} fewer than {FewDocuments}: cut into {Count(sections, "section")} "
                + $"of {Number(_options.SectionBytes)} bytes, which count as the documents");
        }
        return notes;
    }

    private string NameOf(TextPiece piece)
    {
        string name = _files[piece.File].File.Name;
        if (piece.Line > 0) name += $", {_files[piece.File].File.Part(_options)} {Number(piece.Line)}";
        return piece.Section > 0 ? $"{name}, section {Number(piece.Section)}" : name;
    }

    private static string Count(int count, string thing) => $"{Number(count)} {thing}{(count == 1 ? "" : "s")}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // Made when asked for: a corpus of short records has very many.
    private sealed class DocumentList(TextFolder folder) : IReadOnlyList<Document>
    {
        public int Count => folder._pieces.Length;

        public Document this[int index]
        {
            get
            {
                TextPiece piece = folder._pieces[index];
                RecordCount records = folder._files[piece.File].Records;
                return new Document(folder.NameOf(piece), folder.Passages(piece.Run.Length), piece.Bytes, piece.Run.Content)
                {
                    Whole = piece.Whole,
                    Group = folder.GroupOf(piece),
                    Size = piece.Run.Length,
                    Unread = piece.Fault is { } fault ? new Unread(records.Bad, folder._records, records.First ?? fault) : null,
                };
            }
        }

        public IEnumerator<Document> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
