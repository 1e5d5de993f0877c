namespace Vestige.Samples;

/// <summary>A sample of units in a discrete view: which atoms each unit holds, and which document each unit is of.</summary>
/// <remarks>Sizes and counts are in units: an atom that a unit holds twice counts once.</remarks>
public sealed class AtomSample
{
    private readonly List<ulong> _atoms = [];
    private readonly List<int> _ends = [];
    private readonly List<int> _documents = [];

    /// <summary>Number of units.</summary>
    public int Units => _ends.Count;

    /// <summary>Number of documents: one more than the highest document seen.</summary>
    public int Documents { get; private set; }

    /// <summary>Number of (unit, atom) pairs.</summary>
    public int Incidences => _atoms.Count;

    /// <summary>Adds a unit.</summary>
    /// <param name="document">Number of its document in this sample, 0 or more. For a codec, G numbers documents as T does.</param>
    /// <param name="atoms">Its distinct atoms.</param>
    public void Add(int document, IReadOnlyCollection<ulong> atoms)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(document);
        _atoms.AddRange(atoms);
        _ends.Add(_atoms.Count);
        _documents.Add(document);
        Documents = Math.Max(Documents, document + 1);
    }

    /// <summary>Adds a unit that holds one atom (urns).</summary>
    public void Add(int document, ulong atom)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(document);
        _atoms.Add(atom);
        _ends.Add(_atoms.Count);
        _documents.Add(document);
        Documents = Math.Max(Documents, document + 1);
    }

    /// <summary>Gives back the room that was kept for more units.</summary>
    internal void Trim()
    {
        _atoms.TrimExcess();
        _ends.TrimExcess();
        _documents.TrimExcess();
    }

    /// <summary>The atoms of unit <paramref name="unit"/>.</summary>
    public ReadOnlySpan<ulong> AtomsOf(int unit)
    {
        int start = unit == 0 ? 0 : _ends[unit - 1];
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_atoms)[start.._ends[unit]];
    }

    /// <summary>The document of unit <paramref name="unit"/>.</summary>
    public int DocumentOf(int unit) => _documents[unit];
}
