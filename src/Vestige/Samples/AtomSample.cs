namespace Vestige.Samples;

/// <summary>A sample of units in a discrete view: which atoms each unit holds, and which document each unit is of.</summary>
/// <remarks>Sizes and counts are in units: an atom that a unit holds twice counts once.</remarks>
public sealed class AtomSample
{
    private readonly List<ulong> _atoms = [];
    private readonly List<int> _ends = [];
    private readonly List<int> _documents = [];
    private readonly List<int> _copies = [];
    private readonly List<double> _sizes = [];

    /// <summary>Number of units.</summary>
    public int Units => _ends.Count;

    /// <summary>Number of documents: one more than the highest document seen.</summary>
    public int Documents { get; private set; }

    /// <summary>Number of (unit, atom) pairs.</summary>
    public int Incidences => _atoms.Count;

    /// <summary>Adds a unit.</summary>
    /// <param name="document">Number of its document in this sample, 0 or more. For a codec, G numbers documents as T does.</param>
    /// <param name="atoms">Its distinct atoms.</param>
    /// <param name="copies">How often its source has it: its incidences count so often where shares are taken of this sample, and once where another
    /// sample is looked up in it.</param>
    /// <param name="size">Its length over that of a whole unit, above 0 and at most 1.</param>
    public void Add(int document, IReadOnlyCollection<ulong> atoms, int copies = 1, double size = 1)
    {
        ArgumentNullException.ThrowIfNull(atoms);
        _atoms.AddRange(atoms);
        End(document, copies, size);
    }

    /// <summary>Adds a unit that holds one atom (urns).</summary>
    public void Add(int document, ulong atom)
    {
        _atoms.Add(atom);
        End(document, 1, 1);
    }

    /// <summary>Gives back the room that was kept for more units.</summary>
    internal void Trim()
    {
        _atoms.TrimExcess();
        _ends.TrimExcess();
        _documents.TrimExcess();
        _copies.TrimExcess();
        _sizes.TrimExcess();
    }

    /// <summary>The atoms of unit <paramref name="unit"/>.</summary>
    public ReadOnlySpan<ulong> AtomsOf(int unit)
    {
        int start = unit == 0 ? 0 : _ends[unit - 1];
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_atoms)[start.._ends[unit]];
    }

    /// <summary>The document of unit <paramref name="unit"/>.</summary>
    public int DocumentOf(int unit) => _documents[unit];

    /// <summary>How often its source has unit <paramref name="unit"/>.</summary>
    public int CopiesOf(int unit) => _copies[unit];

    /// <summary>The length of unit <paramref name="unit"/> over that of a whole one.</summary>
    public double SizeOf(int unit) => _sizes[unit];

    private void End(int document, int copies, double size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(document);
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        _ends.Add(_atoms.Count);
        _documents.Add(document);
        _copies.Add(copies);
        _sizes.Add(size);
        Documents = Math.Max(Documents, document + 1);
    }
}
