namespace Vestige.Language.Sketches;

/// <summary>For each place of a gap the pieces that may stand there: those that pairs of pieces make most probable from the left and from the right.</summary>
/// <remarks>Chances of single places by first-order chains from both ends, of which the most probable pieces go on; p(left and right) is taken as their product over
/// p(piece). What was not seen stands for all others by their frequency. For one thread.</remarks>
internal sealed class Proposals(Trigrams model)
{
    // Pieces of a place from which the chain goes on.
    private const int Width = 12;

    // Pieces of a place that are remembered.
    private const int MostProposed = 48;

    // The least that is left to what no pair proposes.
    private const double LeastRest = 0.01;

    private readonly double[] _left = new double[model.One.Length], _right = new double[model.One.Length];
    private readonly List<int> _touched = [];

    /// <summary>A distribution over pieces: its most probable ones, and what all others share by their frequency.</summary>
    private sealed record Chain((int Symbol, double Share)[] Top, double Rest);

    /// <summary>Proposals for a gap.</summary>
    /// <param name="first">The symbol before the last one before the gap; <see cref="Vocabulary.Unknown"/> where it is not known.</param>
    /// <param name="left">The symbol before it.</param>
    /// <param name="right">The symbol behind it.</param>
    /// <param name="places">How many places it has.</param>
    /// <param name="most">Most pieces for a place.</param>
    /// <returns>For each place pieces in ascending order, at least one.</returns>
    internal int[][] For(int first, int left, int right, int places, int most)
    {
        var lefts = new Chain[places];
        var rights = new Chain[places];
        lefts[0] = Begin(first, left);
        for (int i = 1; i < places; i++) lefts[i] = Step(lefts[i - 1], model.AfterOne);
        rights[^1] = Top(model.BeforeOne(right));
        for (int i = places - 2; i >= 0; i--) rights[i] = Step(rights[i + 1], model.BeforeOne);
        return [.. Enumerable.Range(0, places).Select(i => Combine(lefts[i], rights[i], most))];
    }

    /// <summary>The same for a gap of at most so many places, whose length is not known: each place may be the last, or any before that.</summary>
    internal int[][] ForAny(int first, int left, int right, int places, int most)
    {
        var rights = new Chain[places];
        rights[0] = Top(model.BeforeOne(right));
        for (int i = 1; i < places; i++) rights[i] = Step(rights[i - 1], model.BeforeOne);
        foreach (Chain chain in rights)
            foreach ((int symbol, double share) in chain.Top) Add(_left, symbol, share / places);
        Chain mean = Take();
        int[][] made = new int[places][];
        Chain from = Begin(first, left);
        for (int i = 0; i < places; i++)
        {
            made[i] = Combine(from, mean, most);
            from = Step(from, model.AfterOne);
        }
        return made;
    }

    private Chain Begin(int first, int left)
    {
        foreach ((int symbol, double share) in model.AfterOne(left)) Add(_left, symbol, share);
        foreach ((int symbol, double share) in model.AfterTwo(first, left))
            if (symbol >= Vocabulary.First) Add(_left, symbol, share);
        return Take();
    }

    private delegate ReadOnlySpan<(int Symbol, double Share)> Neighbours(int symbol);

    private Chain Step(Chain from, Neighbours neighbours)
    {
        foreach ((int symbol, double share) in from.Top.AsSpan(0, Math.Min(Width, from.Top.Length)))
            foreach ((int next, double chance) in neighbours(symbol)) Add(_left, next, share * chance);
        return Take();
    }

    private static Chain Top(ReadOnlySpan<(int Symbol, double Share)> shares)
    {
        double sum = 0;
        foreach ((_, double share) in shares) sum += share;
        return new Chain(shares.ToArray(), Math.Max(LeastRest, 1 - sum));
    }

    private void Add(double[] to, int symbol, double share)
    {
        if (to[symbol] == 0) _touched.Add(symbol);
        to[symbol] += share;
    }

    private Chain Take()
    {
        (int Symbol, double Share)[] all = [.. _touched.Select(symbol => (symbol, _left[symbol]))];
        foreach (int symbol in _touched) _left[symbol] = 0;
        _touched.Clear();
        Array.Sort(all, static (a, b) => b.Share != a.Share ? b.Share.CompareTo(a.Share) : a.Symbol.CompareTo(b.Symbol));
        double sum = 0;
        foreach ((_, double share) in all) sum += share;
        // Two lists were put together for the first place, so that it may be above 1.
        return new Chain(all[..Math.Min(MostProposed, all.Length)], Math.Max(LeastRest, 1 - sum));
    }

    private int[] Combine(Chain left, Chain right, int most)
    {
        foreach ((int symbol, double share) in left.Top) Add(_left, symbol, share);
        foreach ((int symbol, double share) in right.Top)
        {
            if (_left[symbol] == 0) _touched.Add(symbol);
            _right[symbol] = share;
        }
        foreach (int symbol in model.Frequent)
            if (_left[symbol] == 0 && _right[symbol] == 0) _touched.Add(symbol);
        (int Symbol, double Chance)[] all = [.. _touched.Select(symbol =>
        {
            double p = model.One[symbol];
            return (symbol, (_left[symbol] + (left.Rest * p)) * (_right[symbol] + (right.Rest * p)) / p);
        })];
        foreach (int symbol in _touched) _left[symbol] = _right[symbol] = 0;
        _touched.Clear();
        Array.Sort(all, static (a, b) => b.Chance != a.Chance ? b.Chance.CompareTo(a.Chance) : a.Symbol.CompareTo(b.Symbol));
        int[] taken = [.. all.Take(most).Select(proposal => proposal.Symbol)];
        Array.Sort(taken);
        return taken;
    }
}
