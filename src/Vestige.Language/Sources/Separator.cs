using System.Text;

namespace Vestige.Language.Sources;

/// <summary>What stands between the documents of a file: a text such as <c>&lt;|endoftext|&gt;</c>, wherever it stands, or, where it is made of signs alone, a
/// line of them.</summary>
/// <remarks>The text comes in parts, with its line ends already one. A separator of signs, with neither letters nor digits nor line ends, separates only
/// where it is a whole line but for blanks around it: dashes are also used in sentences.</remarks>
internal sealed class Separator
{
    // Of a line that has not ended so much is waited for; no line of signs is longer.
    private const int LongestLine = 1 << 16;

    private readonly byte[] _text;
    private readonly bool _isLine;

    private Separator(byte[] text, bool isLine) => (_text, _isLine) = (text, isLine);

    /// <param name="text">As the user wrote it: \n and \t stand for a line end and a tab.</param>
    /// <exception cref="ArgumentException">It is empty; the message is for the user.</exception>
    internal static Separator Parse(string text)
    {
        string meant = text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);
        bool isLine = !meant.Contains('\n', StringComparison.Ordinal) && !meant.Any(char.IsLetterOrDigit);
        if (isLine) meant = meant.Trim();
        if (meant.Length == 0) throw new ArgumentException("A separator is empty: it is what stands between the documents of a file, as <|endoftext|> or ---.");
        return new Separator(Encoding.UTF8.GetBytes(meant), isLine);
    }

    /// <summary>A file that is being cut.</summary>
    internal sealed class Cut(Separator separator, Action<ReadOnlySpan<byte>> add, Action end)
    {
        private byte[] _pending = new byte[1 << 17];
        private int _filled;

        /// <summary>Takes the next part of the text and gives on what is sure to be no separator.</summary>
        internal void Add(ReadOnlySpan<byte> part)
        {
            if (_filled + part.Length > _pending.Length) Array.Resize(ref _pending, Math.Max(2 * _pending.Length, _filled + part.Length));
            part.CopyTo(_pending.AsSpan(_filled));
            _filled += part.Length;
            Keep(separator._isLine ? Lines(last: false) : Texts(last: false));
        }

        /// <summary>The text has ended, and with it its last document.</summary>
        internal void End()
        {
            Keep(separator._isLine ? Lines(last: true) : Texts(last: true));
            end();
        }

        private int Texts(bool last)
        {
            ReadOnlySpan<byte> pending = _pending.AsSpan(0, _filled);
            int done = 0;
            for (int at; (at = pending[done..].IndexOf(separator._text)) >= 0; done += at + separator._text.Length)
            {
                add(pending.Slice(done, at));
                end();
            }
            int sure = last ? _filled : Math.Max(done, _filled - separator._text.Length + 1);
            add(pending[done..sure]);
            return sure;
        }

        private int Lines(bool last)
        {
            ReadOnlySpan<byte> pending = _pending.AsSpan(0, _filled);
            int done = 0, given = 0;
            while (done < _filled)
            {
                int length = pending[done..].IndexOf((byte)'\n');
                if (length < 0 && !last && _filled - done <= LongestLine) break;
                int next = length < 0 ? _filled : done + length + 1;
                if (pending[done..next].Trim(" \t\n"u8).SequenceEqual(separator._text))
                {
                    add(pending[given..done]);
                    end();
                    given = next;
                }
                done = next;
            }
            add(pending[given..done]);
            return done;
        }

        private void Keep(int from)
        {
            _pending.AsSpan(from, _filled - from).CopyTo(_pending);
            _filled -= from;
        }
    }
}
