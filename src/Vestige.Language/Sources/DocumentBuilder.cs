using System.Security.Cryptography;
using Vestige.Language.Sources.Records;

namespace Vestige.Language.Sources;

/// <summary>A run of a document's text that can be read again.</summary>
/// <param name="Start">Where to read: in the file as it is, or in the spool.</param>
/// <param name="Offset">Where it begins in the document.</param>
/// <param name="Length">Bytes, after line ends were made one.</param>
/// <param name="Content">A hash of them.</param>
internal readonly record struct TextRun(long Start, long Offset, long Length, UInt128 Content);

/// <summary>A document as the first reading found it.</summary>
/// <param name="Whole">All of it.</param>
/// <param name="Sections">Its sections; empty where they were not asked for.</param>
/// <param name="LineEndsChanged">Line ends that were CR LF or CR.</param>
internal sealed record IndexedDocument(TextRun Whole, IReadOnlyList<TextRun> Sections, long LineEndsChanged)
{
    /// <summary>A hash of the value of the field that records are grouped by; 0 where they are not, or it has none.</summary>
    internal UInt128 Group { get; init; }
}

/// <summary>Hashes a document and its sections while its text streams by.</summary>
/// <param name="options">Lengths of passages and sections.</param>
/// <param name="sections">Whether sections are wanted.</param>
/// <param name="spool">Where the text is kept, or null where it can be read again as it is.</param>
internal sealed class DocumentBuilder(TextOptions options, bool sections, Spool? spool)
{
    private const int BufferBytes = 1 << 16;

    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[sections ? options.SectionBytes : BufferBytes];
    private readonly List<TextRun> _sections = [];
    private LineEnds _lineEnds;
    private int _filled;
    private long _start = -1;
    private long _bufferStart;
    private long _length;

    /// <summary>Takes the next part of the text.</summary>
    /// <param name="raw">As it is stored.</param>
    /// <param name="position">Where that is in the file; without meaning where a spool keeps the text.</param>
    /// <param name="isExact">Whether line ends stay what they are.</param>
    internal void Add(ReadOnlySpan<byte> raw, long position, bool isExact = false)
    {
        int done = 0;
        while (true)
        {
            if (!isExact) done += _lineEnds.Skip(raw[done..]);
            if (done == raw.Length) return;
            if (_filled == 0) _bufferStart = spool?.Length ?? position + done;
            if (_start < 0) _start = _bufferStart;
            (int taken, int given) = isExact ? Copy(raw[done..], _buffer.AsSpan(_filled)) : _lineEnds.Copy(raw[done..], _buffer.AsSpan(_filled));
            done += taken;
            _filled += given;
            if (_filled == _buffer.Length) Flush();
        }
    }

    /// <summary>The text has ended.</summary>
    internal IndexedDocument End()
    {
        Flush();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _whole.GetHashAndReset(hash);
        _whole.Dispose();
        return new IndexedDocument(new TextRun(Math.Max(_start, 0), 0, _length, ContentHash.Truncate(hash)), _sections, _lineEnds.Changed);
    }

    private static (int Taken, int Given) Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int count = Math.Min(from.Length, to.Length);
        from[..count].CopyTo(to);
        return (count, count);
    }

    private void Flush()
    {
        Span<byte> text = _buffer.AsSpan(0, _filled);
        _whole.AppendData(text);
        spool?.Append(text);
        if (sections && _filled > 0) _sections.Add(new TextRun(_bufferStart, _length, _filled, ContentHash.Of(text)));
        _length += _filled;
        _filled = 0;
    }
}
