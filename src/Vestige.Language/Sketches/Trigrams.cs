namespace Vestige.Language.Sketches;

/// <summary>p(symbol | the two before it): absolute discounting, interpolated (Ney, Essen, Kneser 1994). What the counts leave out goes to the shorter beginning.</summary>
/// <remarks>Additions, multiplications and divisions in one order: the same to the bit on every machine.</remarks>
internal sealed class Trigrams
{
    /// <summary>Followers, and forerunners, of a symbol that are looked at as proposals.</summary>
    internal const int MostNeighbours = 32;

    private readonly Rows _pairs, _triples;
    private readonly int[] _pairOf;
    private readonly Dictionary<ulong, int> _tripleOf = [];
    private readonly double[] _below;
    private readonly (int Symbol, double Share)[]?[] _after, _before;

    /// <param name="counts">The counts.</param>
    /// <param name="under">What stands under single symbols, adding up to 1; null: all alike.</param>
    /// <param name="space">The most frequent piece that is white space; -1 where there is none.</param>
    internal Trigrams(TrigramCounts counts, double[]? under, int space = -1)
    {
        (Counts, Space) = (counts, space);
        int symbols = counts.Ones.Length;
        double total = counts.Ones.Sum(count => (double)count), discount = counts.Discounts[0];
        int seen = counts.Ones.Count(count => count > 0);
        One = new double[symbols];
        _below = new double[symbols + 1];
        for (int i = 0; i < symbols; i++)
        {
            int count = counts.Ones[i];
            One[i] = (count > 0 ? (count - discount) / total : 0) + (seen * discount / total * (under?[i] ?? 1.0 / symbols));
            _below[i + 1] = _below[i] + One[i];
        }
        _pairs = new Rows(counts.Pairs, counts.Discounts[1]);
        _triples = new Rows(counts.Triples, counts.Discounts[2]);
        _pairOf = new int[symbols];
        Array.Fill(_pairOf, -1);
        for (int row = 0; row < counts.Pairs.Contexts.Length; row++) _pairOf[counts.Pairs.Contexts[row]] = row;
        for (int row = 0; row < counts.Triples.Contexts.Length; row++) _tripleOf.Add(counts.Triples.Contexts[row], row);
        (_after, _before) = (After(), Before());
        Frequent = [.. Enumerable.Range(Vocabulary.First, symbols - Vocabulary.First).OrderByDescending(i => One[i]).ThenBy(i => i).Take(MostNeighbours)];
    }

    internal TrigramCounts Counts { get; }

    /// <summary>The most frequent piece that is white space; -1 where there is none.</summary>
    internal int Space { get; }

    /// <summary>p of each symbol, whatever stands before it.</summary>
    internal double[] One { get; }

    /// <summary>The most frequent pieces.</summary>
    internal int[] Frequent { get; }

    /// <summary>Followers of beginnings.</summary>
    private sealed class Rows
    {
        internal Rows(TrigramCounts.Table table, double discount)
        {
            Table = table;
            Shares = new double[table.Symbols.Length];
            Rest = new double[table.Contexts.Length];
            for (int row = 0; row < Rest.Length; row++)
            {
                double sum = 0;
                for (int i = table.Starts[row]; i < table.Starts[row + 1]; i++)
                {
                    sum += table.Counts[i] - discount;
                    Shares[i] = (table.Counts[i] - discount) / table.Totals[row];
                }
                Rest[row] = (table.Totals[row] - sum) / table.Totals[row];
            }
        }

        internal TrigramCounts.Table Table { get; }

        /// <summary>What a follower has from its count.</summary>
        internal double[] Shares { get; }

        /// <summary>What a beginning leaves to the shorter one.</summary>
        internal double[] Rest { get; }

        internal double ShareOf(int row, int symbol)
        {
            int at = Array.BinarySearch(Table.Symbols, Table.Starts[row], Table.Starts[row + 1] - Table.Starts[row], symbol);
            return at < 0 ? 0 : Shares[at];
        }
    }

    /// <summary>p(symbol | the one before it).</summary>
    internal double Two(int before, int symbol) => _pairOf[before] is >= 0 and int row ? (_pairs.Rest[row] * One[symbol]) + _pairs.ShareOf(row, symbol) : One[symbol];

    /// <summary>p(symbol | the two before it).</summary>
    internal double Three(int first, int second, int symbol) => Three(RowOf(first, second), symbol, Two(second, symbol));

    /// <summary>Where the followers of two symbols stand; -1 where there are none.</summary>
    internal int RowOf(int first, int second) => _tripleOf.TryGetValue(TrigramCounts.Context(first, second), out int row) ? row : -1;

    /// <summary>p(symbol | the two before it), of which the row and p(symbol | the second) are known.</summary>
    internal double Three(int row, int symbol, double two) => row < 0 ? two : (_triples.Rest[row] * two) + _triples.ShareOf(row, symbol);

    /// <summary>The most probable followers of a symbol, with what they have from their counts.</summary>
    internal ReadOnlySpan<(int Symbol, double Share)> AfterOne(int symbol) => _after[symbol];

    /// <summary>The most probable forerunners of a symbol.</summary>
    internal ReadOnlySpan<(int Symbol, double Share)> BeforeOne(int symbol) => _before[symbol];

    /// <summary>The followers of two symbols, as far as they were seen.</summary>
    internal IEnumerable<(int Symbol, double Share)> AfterTwo(int first, int second)
    {
        int row = RowOf(first, second);
        for (int i = row < 0 ? 0 : _triples.Table.Starts[row]; row >= 0 && i < _triples.Table.Starts[row + 1]; i++)
            yield return (_triples.Table.Symbols[i], _triples.Shares[i]);
    }

    /// <summary>The distribution behind two symbols as running sums, for a coder.</summary>
    internal Cumulative Behind(int first, int second)
    {
        int triple = RowOf(first, second), pair = _pairOf[second];
        double rest = triple < 0 ? 1 : _triples.Rest[triple];
        List<(int Symbol, double Share)> seen = [];
        (int i, int ends) = triple < 0 ? (0, 0) : (_triples.Table.Starts[triple], _triples.Table.Starts[triple + 1]);
        (int j, int end) = pair < 0 ? (0, 0) : (_pairs.Table.Starts[pair], _pairs.Table.Starts[pair + 1]);
        while (i < ends || j < end)
        {
            int a = i < ends ? _triples.Table.Symbols[i] : int.MaxValue, b = j < end ? _pairs.Table.Symbols[j] : int.MaxValue;
            double share = (a <= b ? _triples.Shares[i] : 0) + (b <= a ? rest * _pairs.Shares[j] : 0);
            seen.Add((Math.Min(a, b), share));
            if (a <= b) i++;
            if (b <= a) j++;
        }
        return new Cumulative(_below, rest * (pair < 0 ? 1 : _pairs.Rest[pair]), seen);
    }

    private (int, double)[]?[] After()
    {
        var after = new (int, double)[]?[One.Length];
        for (int row = 0; row < _pairs.Rest.Length; row++)
        {
            int start = _pairs.Table.Starts[row], end = _pairs.Table.Starts[row + 1];
            after[_pairs.Table.Contexts[row]] = [.. Enumerable.Range(start, end - start).Select(i => (_pairs.Table.Symbols[i], _pairs.Shares[i]))
                .Where(follower => follower.Item1 >= Vocabulary.First).OrderByDescending(follower => follower.Item2).ThenBy(follower => follower.Item1).Take(MostNeighbours)];
        }
        return after;
    }

    private (int, double)[]?[] Before()
    {
        TrigramCounts.Table table = _pairs.Table;
        var found = new List<(int Symbol, double Share)>?[One.Length];
        for (int row = 0; row < table.Contexts.Length; row++)
        {
            int symbol = (int)table.Contexts[row];
            if (symbol < Vocabulary.First) continue;
            for (int i = table.Starts[row]; i < table.Starts[row + 1]; i++)
                (found[table.Symbols[i]] ??= []).Add((symbol, (double)table.Counts[i] / Counts.Ones[table.Symbols[i]]));
        }
        return [.. found.Select(list => list?.OrderByDescending(f => f.Share).ThenBy(f => f.Symbol).Take(MostNeighbours).ToArray())];
    }
}

/// <summary>Running sums of a distribution in whole numbers, each symbol with at least 1, for a range coder.</summary>
internal readonly struct Cumulative
{
    internal const int Total = 1 << 24;

    private readonly double[] _below;
    private readonly double _weight;
    private readonly int[] _symbols;
    private readonly double[] _sums;

    /// <param name="below">Running sums of the shortest beginning.</param>
    /// <param name="weight">What is left to it.</param>
    /// <param name="seen">What symbols have besides, ascending.</param>
    internal Cumulative(double[] below, double weight, List<(int Symbol, double Share)> seen)
    {
        (_below, _weight) = (below, weight);
        _symbols = new int[seen.Count];
        _sums = new double[seen.Count + 1];
        for (int i = 0; i < seen.Count; i++)
        {
            _symbols[i] = seen[i].Symbol;
            _sums[i + 1] = _sums[i] + seen[i].Share;
        }
    }

    private int Symbols => _below.Length - 1;

    /// <summary>Sum of the frequencies of all symbols below one.</summary>
    internal uint Below(int symbol)
    {
        if (symbol == Symbols) return Total;
        int at = Array.BinarySearch(_symbols, symbol);
        // A sum of rounded terms may be above 1 by far less than what a frequency of 1 is.
        return (uint)symbol + (uint)((Total - Symbols - 1) * ((_weight * _below[symbol]) + _sums[at < 0 ? ~at : at]));
    }

    /// <summary>The symbol at a place below <see cref="Total"/>.</summary>
    internal int At(uint place)
    {
        int low = 0, high = Symbols;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (Below(middle) <= place) low = middle;
            else high = middle;
        }
        return low;
    }
}
