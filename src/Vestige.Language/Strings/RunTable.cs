namespace Vestige.Language.Strings;

/// <summary>Where short runs of words stand in a body of text, in bounded memory.</summary>
/// <remarks>
/// Of more runs than <see cref="Most"/> those are kept whose hash begins with zeros, one more zero each time the table is full: the same runs
/// are then kept of every text, so that a long copy is found by those of its runs that are. A run's first <see cref="MostPlaces"/> places are kept.
/// </remarks>
internal sealed class RunTable(int most = RunTable.Most)
{
    /// <summary>Runs kept: 24 bytes each.</summary>
    internal const int Most = 1 << 22;

    /// <summary>Places kept of a run: a phrase that stands everywhere tells nothing.</summary>
    internal const int MostPlaces = 16;

    private readonly int[] _heads = [.. Enumerable.Repeat(-1, 1 << 20)];
    private Run[] _runs = new Run[1 << 10];
    private int _count;

    /// <summary>A run.</summary>
    /// <param name="Hash">Its hash.</param>
    /// <param name="Text">Number of the text that has it.</param>
    /// <param name="Word">Number of its first word there.</param>
    /// <param name="Start">First byte there.</param>
    /// <param name="Next">The next run of those whose hashes end alike; -1 for none.</param>
    internal readonly record struct Run(ulong Hash, int Text, int Word, int Start, int Next);

    /// <summary>Runs are kept whose hash begins with so many zeros: one in <c>2^Level</c>.</summary>
    internal int Level { get; private set; }

    /// <summary>Whether a run of this hash is kept.</summary>
    internal bool Keeps(ulong hash) => hash <= ulong.MaxValue >> Level;

    internal void Add(ulong hash, int text, int word, int start)
    {
        if (!Keeps(hash)) return;
        if (_count == most) Thin();
        if (!Keeps(hash)) return;
        ref int head = ref _heads[Place(hash)];
        int places = 0;
        for (int i = head; i >= 0; i = _runs[i].Next)
            if (_runs[i].Hash == hash && ++places == MostPlaces) return;
        if (_count == _runs.Length) Array.Resize(ref _runs, Math.Min(most, 2 * _count));
        _runs[_count] = new Run(hash, text, word, start, head);
        head = _count++;
    }

    /// <summary>Where a run stands, the last place first.</summary>
    internal Places Of(ulong hash) => new(this, hash);

    private static int Place(ulong hash) => (int)(hash & ((1 << 20) - 1));

    private void Thin()
    {
        Level++;
        Array.Fill(_heads, -1);
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            Run run = _runs[i];
            if (!Keeps(run.Hash)) continue;
            ref int head = ref _heads[Place(run.Hash)];
            _runs[kept] = run with { Next = head };
            head = kept++;
        }
        _count = kept;
    }

    /// <summary>The places of one run.</summary>
    internal ref struct Places(RunTable table, ulong hash)
    {
        private int _at = -1;
        private bool _begun;

        public readonly Places GetEnumerator() => this;

        public readonly Run Current => table._runs[_at];

        public bool MoveNext()
        {
            _at = _begun ? table._runs[_at].Next : table._heads[Place(hash)];
            _begun = true;
            while (_at >= 0 && table._runs[_at].Hash != hash) _at = table._runs[_at].Next;
            return _at >= 0;
        }
    }
}
