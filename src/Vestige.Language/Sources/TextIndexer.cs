using System.Globalization;
using System.IO.Compression;
using System.Text;
using Vestige.Compressors;
using Vestige.Files;
using Vestige.Language.Sources.Records;
using Vestige.Sources;
using ZstdSharp;

namespace Vestige.Language.Sources;

/// <summary>A file as the first reading found it.</summary>
/// <param name="File">The file.</param>
/// <param name="Documents">Those of its documents that are kept, each with its line (0: the file is one document).</param>
/// <param name="Fault">What could not be used, all of it or some lines; null where all could.</param>
/// <param name="HadMark">Whether it began with a byte order mark, which is left out.</param>
/// <param name="SpoolStart">Where its texts begin in the spool; -1 where they are read from the file itself.</param>
internal sealed record IndexedFile(TextFile File, List<(int Line, IndexedDocument Document)> Documents, string? Fault, bool HadMark, long SpoolStart)
{
    /// <summary>Of a file of records what became of them.</summary>
    internal RecordCount Records { get; init; }
}

/// <summary>Records of a file.</summary>
/// <param name="Read">Those that could be used.</param>
/// <param name="Bad">Those that could not.</param>
/// <param name="First">What is wrong with the first of these; null where there is none.</param>
internal readonly record struct RecordCount(int Read, int Bad, string? First);

/// <summary>Reads every file once, in a stream: checks, counts and hashes; keeps where things are and nothing else.</summary>
/// <param name="options">How text is read.</param>
/// <param name="files">How many there are, for progress.</param>
/// <param name="bytes">Of all together; null where that is not known.</param>
internal sealed class TextIndexer(TextOptions options, int files, long? bytes) : IDisposable
{
    private static readonly byte[] s_mark = [0xEF, 0xBB, 0xBF];

    private readonly byte[] _buffer = new byte[1 << 17];
    private readonly RecordQuery _query = new(FieldPath.Parse(options.Field), options.GroupField);
    private readonly DocumentSample _sample = new(options.MostDocuments);
    private readonly Encoding? _encoding = options.Encoding is { } name ? EncodedText.Find(name) : null;
    private readonly Separator? _separator = options.Separator is { } text ? Separator.Parse(text) : null;
    private int _documents;
    private long _read;
    private int _filesRead;

    // Without it .NET takes a gzip file that was cut off for one that has ended.
    static TextIndexer() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>The spool, if anything had to be kept in it. The caller owns it.</summary>
    internal Spool? Spool { get; private set; }

    /// <summary>What was found, as far as it is kept.</summary>
    internal DocumentSample Sample => _sample;

    public void Dispose() => Spool?.Dispose();

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="known">What a listing knows of it; null for nothing.</param>
    /// <param name="progress">How far all reading is.</param>
    /// <param name="cancel">Stops it.</param>
    internal void Read(TextFile file, byte[]? known, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        List<(int, IndexedDocument)> documents = _sample.Begin();
        _sample.End(file.Found.Fault is { } fault ? new IndexedFile(file, [], fault, false, -1) : Read(file, documents, known, progress, cancel));
        _read += file.Found.Bytes;
        _filesRead++;
    }

    private IndexedFile Read(TextFile file, List<(int, IndexedDocument)> documents, byte[]? known, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        bool spooled = file.Packing != Packing.None || file.IsRecords || _encoding is not null || _separator is not null;
        if (!spooled && known is not null && ListedText.Unpack(known, _documents < TextFolder.FewDocuments) is var (listed, hadMark))
        {
            One(listed);
            return new IndexedFile(file, documents, null, hadMark, -1);
        }
        if (spooled) Spool ??= new Spool();
        long spoolStart = spooled ? Spool!.Length : -1;
        try
        {
            using FileStream stored = File.OpenRead(file.Found.Path);
            using Stream unpacked = Unpacked(stored, file);
            using Stream raw = _encoding is null || file.Shape == TextShape.Parquet ? unpacked : EncodedText.AsUtf8(unpacked, _encoding);
            void Report()
            {
                cancel.ThrowIfCancellationRequested();
                double part = bytes is { } all ? (_read + stored.Position) / (double)all : (_filesRead + (stored.Position / (double)Math.Max(1, stored.Length))) / files;
                progress?.Report(new WorkProgress("reading", Math.Min(1, part)));
            }
            RecordCount records = default;
            (string? why, bool marked) = file.IsRecords ? Records(raw, file, Report, out records)
                : _separator is not null ? Separated(raw, _separator, Report)
                : Plain(raw, spooled, Report);
            return new IndexedFile(file, documents, why, marked, spoolStart) { Records = records };
        }
        catch (Exception error) when (error is UnusableDocumentException or UnauthorizedAccessException or InvalidDataException or DecoderFallbackException
            or ZstdException or (IOException and not SpoolException))
        {
            _documents -= documents.Count;
            _sample.TakeBack();
            if (spooled) Spool!.CutTo(spoolStart);
            string why = error switch
            {
                UnusableDocumentException => error.Message,
                InvalidDataException => "is damaged: it cannot be unpacked as gzip",
                ZstdException => "is damaged: it cannot be unpacked as Zstandard",
                EndOfStreamException when file.Packing == Packing.Zstandard => "is damaged: it was cut off before its Zstandard frame ended",
                DecoderFallbackException => $"is not {options.Encoding}: it holds bytes that stand for no character there",
                _ => FolderScan.Reason(error),
            };
            return new IndexedFile(file, [], why, false, -1);
        }
    }

    /// <summary>Takes a document that is a whole file, or leaves it out.</summary>
    private void One(IndexedDocument document)
    {
        if (!_sample.Takes(document.Whole.Content)) return;
        _documents++;
        _sample.Add(0, document);
    }

    // Enough documents, and sections are of no use.
    private DocumentBuilder Builder(bool spooled) => new(options, _documents < TextFolder.FewDocuments, spooled ? Spool : null);

    private (string? Fault, bool HadMark) Plain(Stream raw, bool spooled, Action report)
    {
        DocumentBuilder builder = Builder(spooled);
        var check = new Utf8Check();
        long position = 0;
        bool marked = false;
        while (true)
        {
            report();
            int read = raw.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
            ReadOnlySpan<byte> part = _buffer.AsSpan(0, read);
            int mark = position == 0 && part.StartsWith(s_mark) ? s_mark.Length : 0;
            marked |= mark > 0;
            check.Add(part[mark..], position + mark);
            builder.Add(part[mark..], position + mark);
            position += read;
            if (read < _buffer.Length) break;
        }
        check.End(position);
        IndexedDocument document = builder.End();
        if (document.Whole.Length == 0) throw new UnusableDocumentException("is empty: it holds no text");
        One(document);
        return (null, marked);
    }

    /// <summary>A file of several documents with something between them; those without text are none.</summary>
    private (string? Fault, bool HadMark) Separated(Stream raw, Separator separator, Action report)
    {
        DocumentBuilder builder = Builder(spooled: true);
        var check = new Utf8Check();
        var lineEnds = new LineEnds();
        byte[] text = new byte[_buffer.Length];
        long position = 0;
        int number = 0;
        bool marked = false, blank = true, any = false;
        void Add(ReadOnlySpan<byte> part)
        {
            blank &= part.Trim(" \t\n"u8).IsEmpty;
            builder.Add(part, 0, isExact: true);
        }

        void End()
        {
            number++;
            IndexedDocument document = builder.End();
            builder = Builder(spooled: true);
            if (!blank && _sample.Takes(document.Whole.Content))
            {
                _documents++;
                _sample.Add(number, document);
            }
            any |= !blank;
            blank = true;
        }

        var cut = new Separator.Cut(separator, Add, End);
        while (true)
        {
            report();
            int read = raw.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
            ReadOnlySpan<byte> part = _buffer.AsSpan(0, read);
            int mark = position == 0 && part.StartsWith(s_mark) ? s_mark.Length : 0;
            marked |= mark > 0;
            part = part[mark..];
            check.Add(part, position + mark);
            position += read;
            part = part[lineEnds.Skip(part)..];
            cut.Add(text.AsSpan(0, lineEnds.Copy(part, text).Given));
            if (read < _buffer.Length) break;
        }
        check.End(position);
        cut.End();
        return any ? (null, marked) : throw new UnusableDocumentException("is empty: it holds no text");
    }

    private static Stream Unpacked(FileStream stored, TextFile file)
    {
        if (file.Packing == Packing.None) return stored;
        if (file.Shape == TextShape.Parquet) throw new UnusableDocumentException("is Parquet packed once more, which cannot be read in places: unpack it");
        Stream unpacked = file.Packing == Packing.Gzip ? new GZipStream(stored, CompressionMode.Decompress) : new DecompressionStream(stored);
        return new UnpackedStream(unpacked, file.Found.Bytes);
    }

    private IEnumerable<FoundRecord> Found(Stream raw, TextShape shape) => shape switch
    {
        TextShape.Parquet => ParquetRecords.Read(raw, _query),
        TextShape.Csv => CsvRecords.Read(raw, 0, _query),
        TextShape.Tsv => CsvRecords.Read(raw, (byte)'\t', _query),
        _ => JsonRecords.Read(raw, shape == TextShape.Elements, _query),
    };

    private (string? Fault, bool HadMark) Records(Stream raw, TextFile file, Action report, out RecordCount count)
    {
        string? first = null;
        string called = file.Part(options);
        int bad = 0, used = 0;
        bool marked = false;
        foreach (FoundRecord record in Found(raw, file.Shape))
        {
            if ((used + bad) % 256 == 0) report();
            marked |= record.HadMark;
            if (record.Fault is { } why)
            {
                first ??= $"{called} {record.Number.ToString(CultureInfo.InvariantCulture)} {why}";
                bad++;
                continue;
            }
            used++;
            if (Document(record) is not { } document) continue;
            _documents++;
            _sample.Add(record.Number, document);
        }
        count = new RecordCount(used, bad, first);
        return (bad switch
        {
            0 => used == 0 ? "is empty: it holds no record" : null,
            1 => first,
            _ => $"{first}; {(bad - 1).ToString(CultureInfo.InvariantCulture)} more {called}{(bad == 2 ? "" : "s")} cannot be used",
        }, marked);
    }

    /// <summary>Keeps a record in the spool; null where it is left out of what is sampled.</summary>
    private IndexedDocument? Document(FoundRecord record)
    {
        // While sections are wanted; most records come later, and are short.
        if (_documents < TextFolder.FewDocuments)
        {
            DocumentBuilder builder = Builder(spooled: true);
            builder.Add(record.Text.Span, 0, record.IsExact);
            IndexedDocument document = builder.End() with { Group = record.Group };
            return _sample.Takes(document.Whole.Content) ? document : null;
        }
        ReadOnlySpan<byte> text = record.Text.Span;
        long changed = 0;
        if (!record.IsExact && text.Contains((byte)'\r'))
        {
            byte[] mended = new byte[text.Length];
            var lineEnds = new LineEnds();
            text = mended.AsSpan(0, lineEnds.Copy(text, mended).Given);
            changed = lineEnds.Changed;
        }
        UInt128 content = ContentHash.Of(text);
        if (!_sample.Takes(content)) return null;
        var run = new TextRun(Spool!.Length, 0, text.Length, content);
        Spool.Append(text);
        return new IndexedDocument(run, [], changed) { Group = record.Group };
    }
}
