using System.Buffers.Binary;

namespace Vestige.Language.Strings;

/// <summary>Finds the longest strings that a query shares with a text.</summary>
/// <remarks>
/// Documents are joined with zero bytes between them, and a zero byte matches nothing, so that no match crosses from one into the next.
/// Takes 5 bytes of memory for each byte of text.
/// </remarks>
internal sealed class MatchIndex
{
    private readonly byte[] _text;
    private readonly int[] _suffixes;

    // Where the suffixes begin that start with each two bytes, first one highest; a suffix of one byte counts as one with a zero.
    private readonly int[] _pairs = new int[65537];

    /// <param name="documents">Together under 2 GB.</param>
    internal MatchIndex(IEnumerable<DocumentText> documents)
    {
        DocumentText[] texts = [.. documents];
        long length = texts.Sum(document => document.Bytes.Length + 1L);
        if (length > Array.MaxLength) throw new ArgumentException($"{length} bytes of text are too many to be searched: at most 2 GB.");
        _text = new byte[length];
        int[] starts = new int[texts.Length];
        for (int i = 0, at = 0; i < texts.Length; at += texts[i++].Bytes.Length + 1)
        {
            starts[i] = at;
            texts[i].Bytes.Span.CopyTo(_text.AsSpan(at));
        }
        Places = new Directory(starts, [.. texts.Select(text => (text.Document, text.Offset))]);
        _suffixes = SuffixArray.Of(_text);
        for (int i = 0; i < _text.Length; i++) _pairs[PairAt(i) + 1]++;
        for (int pair = 0; pair < 65536; pair++) _pairs[pair + 1] += _pairs[pair];
    }

    /// <summary>For every position of a query the longest string from there that the text holds too.</summary>
    /// <param name="query">The query.</param>
    /// <param name="lengths">As long as the query; receives the lengths, 0 where not even the byte is found.</param>
    /// <param name="places">As long as the query; receives where in the text, for <see cref="Directory.Find"/>; undefined where the length is 0.</param>
    internal void Match(ReadOnlySpan<byte> query, Span<int> lengths, Span<int> places)
    {
        for (int start = 0; start < query.Length; start++)
        {
            ReadOnlySpan<byte> rest = query[start..];
            int end = rest.IndexOf((byte)0);
            (lengths[start], places[start]) = Longest(end < 0 ? rest : rest[..end]);
        }
    }

    /// <summary>Where the places are.</summary>
    internal Directory Places { get; }

    /// <summary>Which document a place is in: what is left of an index when its text is gone.</summary>
    /// <param name="Starts">Where each document begins in the text.</param>
    /// <param name="Documents">What it is from, and where it begins there.</param>
    internal sealed record Directory(int[] Starts, (string Document, long Offset)[] Documents)
    {
        /// <summary>The document of a place in the text, and where in what it is from the place is.</summary>
        internal (string Document, long Offset) Find(int place)
        {
            int document = Array.BinarySearch(Starts, place);
            if (document < 0) document = ~document - 1;
            return (Documents[document].Document, Documents[document].Offset + place - Starts[document]);
        }
    }

    // The longest match is with one of the two suffixes that the query would stand between: the search has met them both.
    private (int Length, int Place) Longest(ReadOnlySpan<byte> query)
    {
        if (query.IsEmpty) return (0, 0);
        int low = query.Length == 1 ? 0 : _pairs[BinaryPrimitives.ReadUInt16BigEndian(query)];
        int high = query.Length == 1 ? 0 : _pairs[BinaryPrimitives.ReadUInt16BigEndian(query) + 1];
        if (low == high)
        {
            int first = _pairs[query[0] << 8];
            return first < _pairs[(query[0] << 8) + 256] ? (1, _suffixes[first]) : (0, 0);
        }
        int best = 0, place = 0, sharedLow = 2, sharedHigh = 2;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1), suffix = _suffixes[middle];
            int shared = Math.Min(sharedLow, sharedHigh);
            shared += query[shared..].CommonPrefixLength(_text.AsSpan(suffix + shared));
            if (shared > best) (best, place) = (shared, suffix);
            if (shared == query.Length) break;
            if (_text[suffix + shared] < query[shared]) (low, sharedLow) = (middle + 1, shared);
            else (high, sharedHigh) = (middle, shared);
        }
        return (best, place);
    }

    private int PairAt(int place) => (_text[place] << 8) | (place + 1 < _text.Length ? _text[place + 1] : 0);
}
