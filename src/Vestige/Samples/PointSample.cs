using System.Runtime.InteropServices;

namespace Vestige.Samples;

/// <summary>A sample of points in a continuous view: their coordinates, and which unit and document each is of.</summary>
public sealed class PointSample
{
    private readonly List<float> _values = [];
    private readonly List<int> _units = [];
    private readonly List<int> _documents = [];
    private readonly List<int> _copies = [];

    /// <summary>An empty sample of points with <paramref name="dimensions"/> coordinates.</summary>
    public PointSample(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        Dimensions = dimensions;
    }

    /// <summary>Coordinates of one point.</summary>
    public int Dimensions { get; }

    /// <summary>Number of points.</summary>
    public int Count => _units.Count;

    /// <summary>Number of units (images): one more than the highest unit seen.</summary>
    public int Units { get; private set; }

    /// <summary>Number of documents: one more than the highest document seen.</summary>
    public int Documents { get; private set; }

    /// <summary>All coordinates, (Count, Dimensions), row-major.</summary>
    public ReadOnlySpan<float> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>The unit of each point (Count). A point's own unit is never among its neighbours.</summary>
    public ReadOnlySpan<int> UnitOf => CollectionsMarshal.AsSpan(_units);

    /// <summary>The document of each point (Count): what the jackknife leaves out.</summary>
    public ReadOnlySpan<int> DocumentOf => CollectionsMarshal.AsSpan(_documents);

    /// <summary>How often its source has the unit of each point (Count): the point's weight where shares are taken of this sample.</summary>
    public ReadOnlySpan<int> CopiesOf => CollectionsMarshal.AsSpan(_copies);

    /// <summary>Gives back the room that was kept for more units.</summary>
    internal void Trim()
    {
        _values.TrimExcess();
        _units.TrimExcess();
        _documents.TrimExcess();
        _copies.TrimExcess();
    }

    /// <summary>Adds the points of one unit.</summary>
    /// <param name="document">Number of its document in this sample. For a codec, G numbers documents as T does.</param>
    /// <param name="points">Coordinates, a multiple of <see cref="Dimensions"/> long, finite.</param>
    /// <param name="copies">How often its source has the unit.</param>
    /// <exception cref="ArgumentException">The length is no multiple, or a coordinate is not finite.</exception>
    public void Add(int document, ReadOnlySpan<float> points, int copies = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(document);
        if (points.Length % Dimensions != 0)
            throw new ArgumentException($"{points.Length} coordinates are no multiple of {Dimensions}.", nameof(points));
        foreach (float value in points)
            if (!float.IsFinite(value))
                throw new ArgumentException($"A coordinate is {value}; coordinates must be finite.", nameof(points));
        _values.AddRange(points);
        int count = points.Length / Dimensions;
        for (int i = 0; i < count; i++)
        {
            _units.Add(Units);
            _documents.Add(document);
            _copies.Add(copies);
        }
        Units++;
        Documents = Math.Max(Documents, document + 1);
    }

    /// <summary>The points of some documents, which keep their numbers.</summary>
    internal PointSample Where(Func<int, bool> document)
    {
        var part = new PointSample(Dimensions) { Documents = Documents };
        for (int i = 0; i < Count; i++)
        {
            if (!document(_documents[i])) continue;
            part._values.AddRange(Values.Slice(i * Dimensions, Dimensions));
            part._units.Add(_units[i]);
            part._documents.Add(_documents[i]);
            part._copies.Add(_copies[i]);
        }
        part.Units = Units;
        return part;
    }
}
