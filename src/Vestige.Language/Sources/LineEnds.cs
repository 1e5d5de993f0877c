namespace Vestige.Language.Sources;

/// <summary>Makes all line ends one: CR LF and CR become LF. Works on a text that comes in parts.</summary>
internal struct LineEnds
{
    private bool _afterReturn;

    /// <summary>Line ends that were changed, so far.</summary>
    internal long Changed { get; private set; }

    /// <summary>Bytes at the start of <paramref name="from"/> that belong to the line end before: the LF of a CR LF that was cut in two.</summary>
    internal int Skip(ReadOnlySpan<byte> from)
    {
        if (from.IsEmpty || !_afterReturn) return 0;
        _afterReturn = false;
        return from[0] == (byte)'\n' ? 1 : 0;
    }

    /// <summary>Copies as much as fits. Call <see cref="Skip"/> before, so that what is taken begins with what is given.</summary>
    /// <returns>Bytes taken of <paramref name="from"/> and given to <paramref name="to"/>.</returns>
    internal (int Taken, int Given) Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int taken = 0, given = 0;
        while (taken < from.Length && given < to.Length)
        {
            taken += Skip(from[taken..]);
            ReadOnlySpan<byte> run = from.Slice(taken, Math.Min(from.Length - taken, to.Length - given));
            int end = run.IndexOf((byte)'\r');
            if (end >= 0) run = run[..end];
            run.CopyTo(to[given..]);
            taken += run.Length;
            given += run.Length;
            if (end < 0) continue;
            to[given++] = (byte)'\n';
            taken++;
            _afterReturn = true;
            Changed++;
        }
        return (taken, given);
    }
}
