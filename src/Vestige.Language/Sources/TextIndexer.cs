using System.Globalization;
using System.IO.Compression;
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
internal sealed class TextIndexer(TextOptions options) : IDisposable
{
    private static readonly byte[] s_mark = [0xEF, 0xBB, 0xBF];

    private readonly byte[] _buffer = new byte[1 << 17];
    private int _documents;

    // Without it .NET takes a gzip file that was cut off for one that has ended.
    static TextIndexer() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>The spool, if anything had to be kept in it. The caller owns it.</summary>
    internal Spool? Spool { get; private set; }

    public void Dispose() => Spool?.Dispose();

    /// <summary>Reads a file.</summary>
    internal IndexedFile Read(TextFile file, IProgress<Advance>? progress, CancellationToken cancel)
    {
        if (file.Fault is { } fault) return new IndexedFile([], fault, false, -1);
        bool spooled = file.IsPacked || file.IsRecords;
        if (spooled) Spool ??= new Spool();
        long spoolStart = spooled ? Spool!.Length : -1;
        try
        {
            using FileStream stored = File.OpenRead(file.Path);
            using Stream raw = file.IsPacked ? new UnpackedStream(new GZipStream(stored, CompressionMode.Decompress), file.Bytes) : stored;
            void Report()
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new Advance($"reading {file.Name}", Math.Min(1, (double)stored.Position / file.Bytes)));
            }
            IndexedFile indexed = file.IsRecords ? Records(raw, spoolStart, Report) : Plain(raw, spooled, spoolStart, Report);
            _documents += indexed.Documents.Count;
            return indexed;
        }
        catch (Exception error) when (error is UnusableDocumentException or UnauthorizedAccessException or InvalidDataException
            or (IOException and not SpoolException))
        {
            if (spooled) Spool!.CutTo(spoolStart);
            string why = error switch
            {
                UnusableDocumentException => error.Message,
                InvalidDataException => "is damaged: it cannot be unpacked as gzip",
                _ => FolderScan.Reason(error),
            };
            return new IndexedFile([], why, false, -1);
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

    private IndexedFile Records(Stream raw, long spoolStart, Action report)
    {
        List<(int, IndexedDocument)> documents = [];
        string? first = null;
        int bad = 0, before = _documents;
        bool marked = false;
        foreach ((int number, ReadOnlyMemory<byte> whole) in JsonRecords.Lines(raw))
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
                byte[] text = JsonRecords.TextOf(line, options.Field);
                DocumentBuilder builder = Builder(spooled: true);
                builder.Add(text, 0);
                UInt128 group = options.GroupField is { } by ? JsonRecords.ValueOf(line, by) : 0;
                documents.Add((number, builder.End() with { Group = group }));
                _documents = before + documents.Count;
            }
            catch (UnusableDocumentException error)
            {
                first ??= $"line {number.ToString(CultureInfo.InvariantCulture)} {error.Message}";
                bad++;
            }
        }
        _documents = before;
        string? fault = bad switch
        {
            0 => documents.Count == 0 ? "is empty: it holds no record" : null,
            1 => first,
            _ => $"{first}; {(bad - 1).ToString(CultureInfo.InvariantCulture)} more lines cannot be used",
        };
        return new IndexedFile(documents, fault, marked, spoolStart);
    }
}
