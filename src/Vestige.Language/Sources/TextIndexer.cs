using System.Globalization;
using System.IO.Compression;
using System.Text;
using Vestige.Compressors;
using Vestige.Files;
using Vestige.Sources;

namespace Vestige.Language.Sources;

/// <summary>A file as the first reading found it.</summary>
/// <param name="Documents">Its documents, each with its line (0: the file is one document).</param>
/// <param name="Fault">What could not be used, all of it or some lines; null where all could.</param>
/// <param name="HadMark">Whether it began with a byte order mark, which is left out.</param>
/// <param name="SpoolStart">Where its texts begin in the spool; -1 where they are read from the file itself.</param>
internal sealed record IndexedFile(IReadOnlyList<(int Line, IndexedDocument Document)> Documents, string? Fault, bool HadMark, long SpoolStart);

/// <summary>Reads every file once, in a stream: checks, counts and hashes; keeps where things are and nothing else.</summary>
/// <param name="options">How text is read.</param>
/// <param name="bytes">Of all files together, for progress.</param>
internal sealed class TextIndexer(TextOptions options, long bytes) : IDisposable
{
    private static readonly byte[] s_mark = [0xEF, 0xBB, 0xBF];

    private readonly byte[] _buffer = new byte[1 << 17];
    private readonly FieldPath _field = FieldPath.Parse(options.Field);
    private readonly Encoding? _encoding = options.Encoding is { } name ? EncodedText.Find(name) : null;
    private readonly Separator? _separator = options.Separator is { } text ? Separator.Parse(text) : null;
    private int _documents;
    private long _read;

    // Without it .NET takes a gzip file that was cut off for one that has ended.
    static TextIndexer() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>The spool, if anything had to be kept in it. The caller owns it.</summary>
    internal Spool? Spool { get; private set; }

    public void Dispose() => Spool?.Dispose();

    /// <summary>Reads a file.</summary>
    internal IndexedFile Read(TextFile file, IProgress<Advance>? progress, CancellationToken cancel)
    {
        if (file.Fault is { } fault) return new IndexedFile([], fault, false, -1);
        bool spooled = file.IsPacked || file.IsRecords || _encoding is not null || _separator is not null;
        if (spooled) Spool ??= new Spool();
        long spoolStart = spooled ? Spool!.Length : -1;
        try
        {
            using FileStream stored = File.OpenRead(file.Path);
            using Stream unpacked = file.IsPacked ? new UnpackedStream(new GZipStream(stored, CompressionMode.Decompress), file.Bytes) : stored;
            using Stream raw = _encoding is null ? unpacked : EncodedText.AsUtf8(unpacked, _encoding);
            void Report()
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new Advance("reading", Math.Min(1, (_read + stored.Position) / (double)bytes)));
            }
            IndexedFile indexed = file.IsRecords ? Records(raw, file.IsArray, spoolStart, Report)
                : _separator is not null ? Separated(raw, _separator, spoolStart, Report)
                : Plain(raw, spooled, spoolStart, Report);
            _documents += indexed.Documents.Count;
            return indexed;
        }
        catch (Exception error) when (error is UnusableDocumentException or UnauthorizedAccessException or InvalidDataException or DecoderFallbackException
            or (IOException and not SpoolException))
        {
            if (spooled) Spool!.CutTo(spoolStart);
            string why = error switch
            {
                UnusableDocumentException => error.Message,
                InvalidDataException => "is damaged: it cannot be unpacked as gzip",
                DecoderFallbackException => $"is not {options.Encoding}: it holds bytes that stand for no character there",
                _ => FolderScan.Reason(error),
            };
            return new IndexedFile([], why, false, -1);
        }
        finally
        {
            _read += file.Bytes;
        }
    }

    // Enough documents, and sections are of no use.
    private DocumentBuilder Builder(bool spooled) => new(options, _documents < TextFolder.FewDocuments, spooled ? Spool : null);

    private IndexedFile Plain(Stream raw, bool spooled, long spoolStart, Action report)
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
        return new IndexedFile([(0, document)], null, marked, spoolStart);
    }

    /// <summary>A file of several documents with something between them; those without text are none.</summary>
    private IndexedFile Separated(Stream raw, Separator separator, long spoolStart, Action report)
    {
        List<(int, IndexedDocument)> documents = [];
        DocumentBuilder builder = Builder(spooled: true);
        var check = new Utf8Check();
        var lineEnds = new LineEnds();
        byte[] text = new byte[_buffer.Length];
        long position = 0;
        int number = 0, before = _documents;
        bool marked = false, blank = true;
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
            if (!blank) documents.Add((number, document));
            _documents = before + documents.Count;
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
        _documents = before;
        if (documents.Count == 0) throw new UnusableDocumentException("is empty: it holds no text");
        return new IndexedFile(documents, null, marked, spoolStart);
    }

    private IndexedFile Records(Stream raw, bool isArray, long spoolStart, Action report)
    {
        string called = isArray ? "record" : "line";
        List<(int, IndexedDocument)> documents = [];
        string? first = null;
        int bad = 0, before = _documents;
        bool marked = false;
        foreach ((int number, ReadOnlyMemory<byte> whole) in isArray ? JsonElements.Of(raw) : JsonRecords.Lines(raw))
        {
            if (number % 256 == 1) report();
            ReadOnlySpan<byte> line = whole.Span;
            if (number == 1 && line.StartsWith(s_mark))
            {
                marked = true;
                line = line[s_mark.Length..];
            }
            if (line.Trim(" \t\r"u8).IsEmpty) continue;
            try
            {
                (byte[] text, bool isExact) = JsonRecords.TextOf(line, _field);
                DocumentBuilder builder = Builder(spooled: true);
                builder.Add(text, 0, isExact);
                UInt128 group = options.GroupField is { } by ? JsonRecords.ValueOf(line, by) : 0;
                documents.Add((number, builder.End() with { Group = group }));
                _documents = before + documents.Count;
            }
            catch (UnusableDocumentException error)
            {
                first ??= $"{called} {number.ToString(CultureInfo.InvariantCulture)} {error.Message}";
                bad++;
            }
        }
        _documents = before;
        string? fault = bad switch
        {
            0 => documents.Count == 0 ? "is empty: it holds no record" : null,
            1 => first,
            _ => $"{first}; {(bad - 1).ToString(CultureInfo.InvariantCulture)} more {called}s cannot be used",
        };
        return new IndexedFile(documents, fault, marked, spoolStart);
    }
}
