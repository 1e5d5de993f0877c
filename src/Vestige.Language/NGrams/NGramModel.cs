namespace Vestige.Language.NGrams;

/// <summary>A language model over bytes: interpolated modified Kneser-Ney (Chen and Goodman 1999).</summary>
/// <remarks>
/// <c>p_k(w|h) = (a(hw) - D(a(hw)) + [D₁N₁(h) + D₂N₂(h) + D₃N₃₊(h)] p_{k-1}(w|h')) / Σ_w a(hw)</c>, where <c>h'</c> is <c>h</c> without its
/// first byte and <c>p_0</c> is 1/256; a context never seen leaves <c>p_{k-1}</c> as it is. For the longest context that can be had,
/// <c>a</c> is how often <c>hw</c> was seen; for shorter ones, after how many different bytes (a document's start is one more). The first
/// bytes of a passage have shorter contexts: they are predicted by the models of lower order, which take their longest contexts by
/// how often they were seen too. So every order from 1 up is a model of its own over the same counts.
/// </remarks>
internal sealed class NGramModel
{
    private readonly NGramCounts _counts;
    private readonly Discounts[] _discounts, _discountsAfter;
    private readonly Continuations[][] _continuations;

    internal NGramModel(NGramCounts counts)
    {
        _counts = counts;
        _discounts = [.. counts.Seen.Select(row => Discounts.From(row))];
        _discountsAfter = [.. counts.SeenAfter.Select(row => Discounts.From(row))];
        _continuations = new Continuations[Order][];
        for (int k = 0; k < Order; k++)
        {
            _continuations[k] = new Continuations[counts.Levels[k].Count];
            for (int node = 0; node < _continuations[k].Length; node++) _continuations[k][node] = Continue(k, node, seen: k == Order - 1);
        }
    }

    /// <summary>Bytes of the longest n-grams.</summary>
    internal int Order => _counts.Order;

    internal NGramCounts Counts => _counts;

    /// <summary>How a context goes on.</summary>
    /// <param name="Total">Sum of the counts; 0 where only documents ended.</param>
    /// <param name="Ones">Bytes with a count of 1.</param>
    /// <param name="Twos">Bytes with a count of 2.</param>
    /// <param name="More">Bytes with a higher count.</param>
    private readonly record struct Continuations(int Total, ushort Ones, ushort Twos, ushort More)
    {
        internal double Shared(in Discounts discounts) => ((discounts.One * Ones) + (discounts.Two * Twos) + (discounts.More * More)) / Total;
    }

    /// <summary>One step of the recursion: p_{k+1} from p_k, for one byte after one context.</summary>
    /// <param name="k">Length of the context.</param>
    /// <param name="context">The context.</param>
    /// <param name="seen">Whether to take counts by how often; else by after how many bytes.</param>
    /// <param name="symbol">The byte.</param>
    /// <param name="lower">p_k.</param>
    /// <param name="successor">The context with the byte behind it; <see cref="NGramContext.Unseen"/> if there is none.</param>
    internal double Step(int k, int context, bool seen, byte symbol, double lower, out int successor)
    {
        ref readonly Discounts discounts = ref (seen ? _discounts : _discountsAfter)[k + 1];
        successor = NGramContext.Unseen;
        if (context < 0)
        {
            if (_counts.IsEnd(~context)) return lower;
            bool match = _counts.Tails[~context] == symbol;
            if (match) successor = context - 1;
            return (lower * discounts.One) + (match ? 1 - discounts.One : 0);
        }
        (int start, int end) = ChildrenOf(k, context);
        Continuations how = HowOn(k, context, seen);
        if (how.Total == 0) return lower;
        lower *= how.Shared(discounts);
        NGramLevel next = _counts.Levels[k + 1];
        int found = next.Symbols.AsSpan(start, end - start).IndexOf(symbol);
        if (found < 0) return lower;
        int child = start + found, count = CountOf(next, child, seen);
        successor = next.Counts[child] < 0 ? next.Counts[child] : child;
        return lower + ((count - discounts.Of(count)) / how.Total);
    }

    /// <summary>The same step for all bytes, from the longest context down: adds what this one says, and gives the weight left to shorter ones.</summary>
    internal double Spread(int k, int context, bool seen, double weight, Span<double> into)
    {
        ref readonly Discounts discounts = ref (seen ? _discounts : _discountsAfter)[k + 1];
        if (context < 0)
        {
            if (_counts.IsEnd(~context)) return weight;
            into[_counts.Tails[~context]] += weight * (1 - discounts.One);
            return weight * discounts.One;
        }
        (int start, int end) = ChildrenOf(k, context);
        Continuations how = HowOn(k, context, seen);
        if (how.Total == 0) return weight;
        NGramLevel next = _counts.Levels[k + 1];
        double unit = weight / how.Total;
        for (int child = start; child < end; child++)
        {
            int count = CountOf(next, child, seen);
            into[next.Symbols[child]] += unit * (count - discounts.Of(count));
        }
        return weight * how.Shared(discounts);
    }

    /// <summary>The context with a byte behind it; <see cref="NGramContext.Unseen"/> if there is none.</summary>
    internal int Successor(int k, int context, byte symbol)
    {
        if (context < 0) return !_counts.IsEnd(~context) && _counts.Tails[~context] == symbol ? context - 1 : NGramContext.Unseen;
        (int start, int end) = ChildrenOf(k, context);
        NGramLevel next = _counts.Levels[k + 1];
        int found = next.Symbols.AsSpan(start, end - start).IndexOf(symbol);
        if (found < 0) return NGramContext.Unseen;
        int count = next.Counts[start + found];
        return count < 0 ? count : start + found;
    }

    private (int Start, int End) ChildrenOf(int k, int context)
    {
        int[] children = _counts.Levels[k].Children;
        return (children[context], children[context + 1]);
    }

    // Only the contexts of a passage's first bytes are not among those at hand.
    private Continuations HowOn(int k, int context, bool seen) =>
        seen == (k == Order - 1) ? _continuations[k][context] : Continue(k, context, seen);

    private Continuations Continue(int k, int context, bool seen)
    {
        (int start, int end) = ChildrenOf(k, context);
        NGramLevel next = _counts.Levels[k + 1];
        int total = 0;
        ushort ones = 0, twos = 0, more = 0;
        for (int child = start; child < end; child++)
        {
            int count = CountOf(next, child, seen);
            total += count;
            if (count == 1) ones++;
            else if (count == 2) twos++;
            else more++;
        }
        return new Continuations(total, ones, twos, more);
    }

    private static int CountOf(NGramLevel level, int node, bool seen)
    {
        int count = level.Counts[node];
        return count < 0 ? 1 : seen ? count : level.Lefts[node];
    }
}
