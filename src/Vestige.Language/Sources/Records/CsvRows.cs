namespace Vestige.Language.Sources.Records;

/// <summary>Cuts a stream of CSV (RFC 4180) into rows of fields, byte by byte, so that nothing is decoded and what is no text can be told.</summary>
/// <remarks>A field that begins with a quote goes to the next one that is not doubled, over line ends; in any other a quote is a character like others.
/// Lines end with LF, CR LF or CR. After a row whose quotes are wrong it goes on with the next line.</remarks>
/// <param name="stream">What is read.</param>
/// <param name="delimiter">What stands between fields; 0 to find out from the first line.</param>
internal sealed class CsvRows(Stream stream, byte delimiter)
{
    private const byte Quote = (byte)'"', LineFeed = (byte)'\n', Return = (byte)'\r';

    private readonly byte[] _buffer = new byte[1 << 17];
    private readonly List<int> _ends = [];
    private byte _delimiter = delimiter;
    private byte[] _row = new byte[1 << 12];
    private int _at, _end, _length, _nextLine = 1;
    private bool _begun, _long;

    /// <summary>Number of the line that the row begins in, from 1.</summary>
    internal int Line { get; private set; }

    /// <summary>Fields of the row.</summary>
    internal int Count => _ends.Count;

    /// <summary>What is wrong with the row; null for nothing.</summary>
    internal string? Fault { get; private set; }

    /// <summary>Whether the file began with a byte order mark.</summary>
    internal bool HadMark { get; private set; }

    /// <summary>Whether it is a line with nothing in it.</summary>
    internal bool IsBlank => _ends.Count == 1 && _length == 0 && Fault is null;

    /// <summary>A field without its quotes; valid until the next row.</summary>
    internal ReadOnlyMemory<byte> this[int field] => _row.AsMemory(field == 0 ? 0 : _ends[field - 1], _ends[field] - (field == 0 ? 0 : _ends[field - 1]));

    /// <summary>Reads a row.</summary>
    /// <returns>False at the end.</returns>
    internal bool Next()
    {
        if (!_begun) Begin();
        (_length, _long, Fault, Line) = (0, false, null, _nextLine);
        _ends.Clear();
        if (!More()) return false;
        while (true)
        {
            bool quoted = More() && _buffer[_at] == Quote;
            if (quoted) Quoted();
            int before = _length;
            bool goesOn = Plain();
            if (quoted && _length > before)
                Fault ??= $"closes a quote in field {_ends.Count + 1} and goes on: a quote within quotes is written twice";
            _ends.Add(_length);
            if (goesOn) continue;
            if (_long) Fault = $"is longer than {JsonRecords.LongestLine >> 20} MB{(Fault is null ? "" : ": " + Fault)}";
            return true;
        }
    }

    private void Begin()
    {
        _begun = true;
        _end = stream.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
        HadMark = _buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8);
        if (HadMark) _at = 3;
        if (_delimiter == 0) _delimiter = Common(_buffer.AsSpan(_at, _end - _at));
    }

    /// <summary>Of the characters that stand between fields anywhere the most frequent one of the first line, outside of quotes.</summary>
    private static byte Common(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> candidates = ",;\t|"u8;
        Span<int> counts = stackalloc int[4];
        bool inQuotes = false;
        foreach (byte c in start)
        {
            if (c == Quote) inQuotes = !inQuotes;
            if (inQuotes) continue;
            if (c is LineFeed or Return) break;
            int which = candidates.IndexOf(c);
            if (which >= 0) counts[which]++;
        }
        int best = 0;
        for (int i = 1; i < counts.Length; i++) if (counts[i] > counts[best]) best = i;
        return candidates[best];
    }

    private bool More()
    {
        if (_at < _end) return true;
        (_at, _end) = (0, stream.Read(_buffer));
        return _end > 0;
    }

    // From the quote that opens to behind the one that closes.
    private void Quoted()
    {
        _at++;
        while (More())
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_at, _end - _at);
            int length = rest.IndexOf(Quote);
            ReadOnlySpan<byte> run = length < 0 ? rest : rest[..length];
            _nextLine += run.Count(LineFeed);
            Keep(run);
            _at += run.Length;
            if (length < 0) continue;
            _at++;
            if (!More() || _buffer[_at] != Quote) return;
            Keep("\""u8);
            _at++;
        }
        Fault = $"opens a quote in field {_ends.Count + 1} that never closes: what follows it cannot be told apart";
    }

    // To behind the next delimiter (true) or line end.
    private bool Plain()
    {
        while (More())
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_at, _end - _at);
            int length = rest.IndexOfAny(_delimiter, LineFeed, Return);
            Keep(length < 0 ? rest : rest[..length]);
            _at += length < 0 ? rest.Length : length + 1;
            if (length < 0) continue;
            if (rest[length] == _delimiter) return true;
            if (rest[length] == Return && More() && _buffer[_at] == LineFeed) _at++;
            _nextLine++;
            return false;
        }
        return false;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > JsonRecords.LongestLine)
        {
            _long = true;
            return;
        }
        if (_length + bytes.Length > _row.Length) Array.Resize(ref _row, Math.Max(2 * _row.Length, _length + bytes.Length));
        bytes.CopyTo(_row.AsSpan(_length));
        _length += bytes.Length;
    }
}
