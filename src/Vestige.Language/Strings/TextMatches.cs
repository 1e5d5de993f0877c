using System.Text;
using Vestige.Language.Views;
using Vestige.Results;

namespace Vestige.Language.Strings;

/// <summary>The longest strings that a text shares with T, from each of its bytes on.</summary>
internal sealed class TextMatches(DocumentText text)
{
    // Characters of a copy that are quoted.
    private const int MostQuoted = 2000;

    private readonly int[] _lengths = new int[text.Bytes.Length];
    private readonly int[] _places = new int[text.Bytes.Length];

    // Which part of T has the match: most often there is one.
    private readonly byte[] _parts = new byte[text.Bytes.Length];
    private readonly List<MatchIndex.Directory> _searched = [];

    // Characters that begin before each byte, and their number.
    private readonly int[] _before = Before(text.Bytes.Span);

    /// <summary>A string that text and T share and that cannot be made longer at either end.</summary>
    internal readonly record struct Match(int Start, int Bytes, int Characters, (string Document, long Offset) Source);

    /// <summary>Looks for longer matches in a part of T.</summary>
    internal void Search(MatchIndex index)
    {
        _searched.Add(index.Places);
        if (_searched.Count == 1)
        {
            index.Match(text.Bytes.Span, _lengths, _places);
            return;
        }
        int[] lengths = new int[_lengths.Length], places = new int[_lengths.Length];
        index.Match(text.Bytes.Span, lengths, places);
        for (int i = 0; i < lengths.Length; i++)
            if (lengths[i] > _lengths[i]) (_lengths[i], _places[i], _parts[i]) = (lengths[i], places[i], checked((byte)(_searched.Count - 1)));
    }

    /// <summary>Counts what was found.</summary>
    /// <param name="lengths">Lengths in characters.</param>
    internal CopiesOfText Count(int[] lengths)
    {
        var counted = new CopiesOfText(text.Bytes.Length, _before[^1], new long[lengths.Length]);
        int copiedTo = 0;
        for (int start = 0; start < _lengths.Length; start++)
        {
            if (Characters.IsInside(text.Bytes.Span[start])) continue;
            int characters = CharactersAt(start), first = _before[start];
            counted.Total += characters;
            counted.Longest = Math.Max(counted.Longest, characters);
            for (int i = 0; i < lengths.Length && lengths[i] <= characters; i++) counted.Reaching[i]++;
            if (characters < CopyReport.CopiedCharacters) continue;
            counted.Copied += first + characters - Math.Max(first, copiedTo);
            copiedTo = first + characters;
        }
        counted.Copies = [.. Apart().Select(Describe)];
        return counted;
    }

    /// <summary>The matches of at least <see cref="CopyReport.CopiedCharacters"/> characters, none the tail of another.</summary>
    internal IEnumerable<Match> Maximal()
    {
        for (int start = 0; start < _lengths.Length; start++)
        {
            if (Characters.IsInside(text.Bytes.Span[start])) continue;
            int characters = CharactersAt(start);
            if (characters < CopyReport.CopiedCharacters || (start > 0 && _lengths[start - 1] == _lengths[start] + 1)) continue;
            yield return new Match(start, BytesOf(start, characters), characters, _searched[_parts[start]].Find(_places[start]));
        }
    }

    /// <summary>Of those the longest, and of the others what has enough characters that none of them has.</summary>
    private IEnumerable<Match> Apart()
    {
        bool[]? taken = null;
        foreach (Match match in Maximal().OrderByDescending(match => match.Characters))
        {
            taken ??= new bool[_lengths.Length];
            Span<bool> own = taken.AsSpan(match.Start, match.Bytes);
            if (own.Contains(true)) continue;
            own.Fill(true);
            yield return match;
        }
    }

    private Copy Describe(Match match)
    {
        int quoted = match.Characters <= MostQuoted ? match.Bytes : BytesOf(match.Start, MostQuoted);
        return new Copy(Encoding.UTF8.GetString(text.Bytes.Span.Slice(match.Start, quoted)), match.Characters, text.Document, text.Offset + match.Start,
            match.Source.Document, match.Source.Offset);
    }

    // Whole characters of the match from a character on.
    private int CharactersAt(int start)
    {
        int end = start + _lengths[start];
        int begun = _before[end] - _before[start];
        return end < text.Bytes.Length && Characters.IsInside(text.Bytes.Span[end]) ? begun - 1 : begun;
    }

    private int BytesOf(int start, int characters)
    {
        int end = start, wanted = _before[start] + characters;
        while (end < text.Bytes.Length && (_before[end] < wanted || Characters.IsInside(text.Bytes.Span[end]))) end++;
        return end - start;
    }

    private static int[] Before(ReadOnlySpan<byte> text)
    {
        int[] before = new int[text.Length + 1];
        for (int i = 0; i < text.Length; i++) before[i + 1] = before[i] + (Characters.IsInside(text[i]) ? 0 : 1);
        return before;
    }
}

/// <summary>What a text has copied.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Characters">Its characters: the positions from which matches are counted.</param>
/// <param name="Reaching">Positions with matches of at least each of some lengths.</param>
internal sealed record CopiesOfText(long Bytes, long Characters, long[] Reaching)
{
    /// <summary>Characters of all matches together.</summary>
    internal long Total { get; set; }

    /// <summary>Characters that stand in a match of <see cref="CopyReport.CopiedCharacters"/> or more.</summary>
    internal long Copied { get; set; }

    internal int Longest { get; set; }

    /// <summary>The copies, no two overlapping, the longest first.</summary>
    internal IReadOnlyList<Copy> Copies { get; set; } = [];
}
