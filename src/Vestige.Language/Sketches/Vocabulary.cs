using System.Text;

namespace Vestige.Language.Sketches;

/// <summary>A piece of a text by what it may stand beside.</summary>
/// <param name="Symbol">Its number.</param>
/// <param name="Opens">It begins with a letter.</param>
/// <param name="Closes">It ends with one.</param>
internal readonly record struct Known(int Symbol, bool Opens, bool Closes)
{
    internal static Known Of(int symbol, ReadOnlySpan<byte> piece) => new(symbol, Pieces.Opens(piece), Pieces.Closes(piece));
}

/// <summary>The pieces that a model knows, as numbers; below them stand the ends of a text, what is not known, and gaps.</summary>
internal sealed class Vocabulary
{
    internal const int Start = 0, End = 1, Unknown = 2;

    /// <summary>The longest gap that is one symbol; a longer one is several.</summary>
    internal const int LongestGap = 16;

    /// <summary>The number of the first piece.</summary>
    internal const int First = Unknown + LongestGap + 1;

    /// <summary>Most pieces: of more the most frequent are taken. A coder's total (2^24) must leave each symbol a frequency.</summary>
    internal const int Most = 1 << 17;

    private readonly Dictionary<string, int> _numbers = [];

    /// <param name="pieces">In ascending order of their bytes, each once.</param>
    internal Vocabulary(IReadOnlyList<byte[]> pieces)
    {
        Pieces = pieces;
        for (int i = 0; i < pieces.Count; i++) _numbers.Add(Key(pieces[i]), First + i);
        Known = new Known[Count];
        for (int i = 0; i < Count; i++) Known[i] = i < First ? new Known(i, false, false) : Sketches.Known.Of(i, PieceOf(i));
    }

    internal IReadOnlyList<byte[]> Pieces { get; }

    /// <summary>Each symbol with how it begins and ends.</summary>
    internal Known[] Known { get; }

    /// <summary>Symbols in all.</summary>
    internal int Count => First + Pieces.Count;

    /// <summary>The number of a gap of 1 to <see cref="LongestGap"/> places.</summary>
    internal static int Gap(int places) => Unknown + places;

    /// <summary>The places that a symbol leaves out; 0 for what is no gap.</summary>
    internal static int PlacesOf(int symbol) => symbol is > Unknown and < First ? symbol - Unknown : 0;

    /// <summary>The number of a piece, or <see cref="Unknown"/>.</summary>
    internal int NumberOf(ReadOnlySpan<byte> piece) => _numbers.GetValueOrDefault(Key(piece), Unknown);

    internal int[] NumbersOf(IReadOnlyList<ReadOnlyMemory<byte>> pieces) => [.. pieces.Select(piece => NumberOf(piece.Span))];

    /// <summary>The most frequent piece that is white space; -1 where there is none.</summary>
    internal int SpaceOf(int[] counts) => Enumerable.Range(First, Pieces.Count).Where(i => PieceOf(i).All(c => c is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r'))
        .OrderByDescending(i => counts[i]).ThenBy(i => i).FirstOrDefault(-1);

    internal byte[] PieceOf(int number) => Pieces[number - First];

    /// <summary>The pieces that at least two documents hold: what one alone says is no knowledge of the language, and would be paid for.</summary>
    internal static Vocabulary Of(IEnumerable<(IReadOnlyList<ReadOnlyMemory<byte>> Pieces, int Document)> texts)
    {
        var seen = new Dictionary<string, (int Count, int First, bool Shared)>();
        foreach ((IReadOnlyList<ReadOnlyMemory<byte>> pieces, int document) in texts)
        {
            foreach (ReadOnlyMemory<byte> piece in pieces)
            {
                ref (int Count, int First, bool Shared) entry =
                    ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(seen, Key(piece.Span), out bool known);
                entry = known ? (entry.Count + 1, entry.First, entry.Shared || entry.First != document) : (1, document, false);
            }
        }
        return new Vocabulary([.. seen.Where(entry => entry.Value.Shared)
            .OrderByDescending(entry => entry.Value.Count).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(Most)
            .Select(entry => entry.Key).Order(StringComparer.Ordinal).Select(Encoding.Latin1.GetBytes)]);
    }

    // A byte a character.
    private static string Key(ReadOnlySpan<byte> piece) => Encoding.Latin1.GetString(piece);
}
