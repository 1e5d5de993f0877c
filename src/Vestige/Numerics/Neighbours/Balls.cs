namespace Vestige.Numerics.Neighbours;

/// <summary>The balls round the references in every replicate of a jackknife over them.</summary>
internal sealed class Balls
{
    private readonly float[] _squaredRadii;
    private readonly int[] _groups;
    private readonly int _whole;

    /// <summary>Checks the radii and finds the largest of each reference.</summary>
    /// <param name="references">Centres.</param>
    /// <param name="squaredRadii">(references, groups + 1).</param>
    /// <param name="grid">On which the limits are wanted too, if any.</param>
    internal Balls(PointSet references, ReadOnlySpan<float> squaredRadii, Grid? grid)
    {
        int replicates = references.GroupCount + 1;
        if (squaredRadii.Length != (long)references.Count * replicates)
            throw new ArgumentException($"{squaredRadii.Length} radii are not {replicates} for each of {references.Count} references.", nameof(squaredRadii));
        foreach (float radius in squaredRadii)
            if (float.IsNaN(radius)) throw new ArgumentException("A radius is NaN.", nameof(squaredRadii));
        _squaredRadii = squaredRadii.ToArray();
        _groups = references.Groups.ToArray();
        _whole = references.GroupCount;
        All = uint.MaxValue >> (31 - _whole);
        Limits = new int[(references.Count + Tile.Lanes - 1) / Tile.Lanes * Tile.Lanes];
        Array.Fill(Limits, -1);
        GridLimits = [.. Limits];
        for (int place = 0; place < references.Count; place++)
        {
            int reference = references.Order[place];
            float largest = -1;
            for (int j = 0; j < replicates; j++)
                if (j != _groups[reference]) largest = Math.Max(largest, squaredRadii[(reference * replicates) + j]);
            if (largest < 0) continue;
            Limits[place] = BitConverter.SingleToInt32Bits(MathF.Abs(largest));
            if (grid is not null) GridLimits[place] = grid.Ball(largest);
        }
    }

    /// <summary>All replicates.</summary>
    internal uint All { get; }

    /// <summary>By place in <see cref="PointSet.Order"/>, filled up to whole panels: the bits of the squared distance above which no ball of a
    /// reference reaches. Negative for no ball.</summary>
    internal int[] Limits { get; }

    /// <summary>The same for squared grid distances.</summary>
    internal int[] GridLimits { get; }

    /// <summary>The replicates in which a reference reaches that far.</summary>
    internal uint Replicates(int reference, float squaredDistance)
    {
        uint reaching = 0;
        ReadOnlySpan<float> radii = _squaredRadii.AsSpan(reference * (_whole + 1), _whole + 1);
        for (int j = 0; j < radii.Length; j++)
            if (squaredDistance <= radii[j]) reaching |= 1u << j;
        return reaching & ~(1u << _groups[reference]);
    }
}
