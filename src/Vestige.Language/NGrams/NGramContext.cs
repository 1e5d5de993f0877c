namespace Vestige.Language.NGrams;

/// <summary>The last bytes of a passage as an n-gram model knows them: each of its suffixes that was seen, from none up to the order.</summary>
internal struct NGramContext
{
    /// <summary>A suffix that was never seen.</summary>
    internal const int Unseen = int.MinValue;

    // Suffix k of k bytes: a node of level k, or the complement of a place in the tails. The empty one, node 0 of level 0, was always seen.
    private readonly int[] _suffixes;
    private readonly NGramModel _model;
    private int _seen;
    private int _length;

    /// <summary>The start of a passage.</summary>
    /// <param name="model">The model.</param>
    /// <param name="suffixes">Room for as many as the model's order; copies share it.</param>
    internal NGramContext(NGramModel model, int[] suffixes)
    {
        _model = model;
        _suffixes = suffixes;
        _suffixes[0] = 0;
        _seen = 1;
    }

    /// <summary>The chance of a byte here; goes on behind it.</summary>
    internal double Take(byte symbol)
    {
        double p = 1.0 / SamplingOptions.Bytes;
        int longest = Math.Min(_length, _model.Order - 1), successor = 0, seen = 1;
        for (int k = 0; k < _seen; k++)
        {
            int suffix = _suffixes[k];
            _suffixes[k] = successor;
            p = _model.Step(k, suffix, k == longest, symbol, p, out successor);
            if (successor != Unseen && seen == k + 1) seen = k + 2;
        }
        Settle(seen, successor);
        return p;
    }

    /// <summary>Goes on behind a byte.</summary>
    internal void Pass(byte symbol)
    {
        int successor = 0, seen = 1;
        for (int k = 0; k < _seen; k++)
        {
            int suffix = _suffixes[k];
            _suffixes[k] = successor;
            successor = _model.Successor(k, suffix, symbol);
            if (successor != Unseen && seen == k + 1) seen = k + 2;
        }
        Settle(seen, successor);
    }

    /// <summary>The chances of all bytes here (256); they add up to 1 but for rounding.</summary>
    internal readonly void Distribution(Span<double> into)
    {
        into.Clear();
        int longest = Math.Min(_length, _model.Order - 1);
        double weight = 1;
        for (int k = _seen - 1; k >= 0; k--) weight = _model.Spread(k, _suffixes[k], k == longest, weight, into);
        weight /= SamplingOptions.Bytes;
        for (int i = 0; i < into.Length; i++) into[i] += weight;
    }

    // The last successor is the longest suffix, unless that is the order itself. Of a string that was seen all suffixes were.
    private void Settle(int seen, int successor)
    {
        if (_seen < _model.Order) _suffixes[_seen] = successor;
        _seen = Math.Min(seen, _model.Order);
        _length++;
    }
}
