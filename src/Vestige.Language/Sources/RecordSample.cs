namespace Vestige.Language.Sources;

/// <summary>Bounds how many records of a source are known by their places: of more, those whose content has the least hashes.</summary>
/// <remarks>So records are drawn at random while they are read once, and which of them depends on what they hold and on nothing else: copies stay or go
/// together, in all samples of all sources alike (bottom-k sampling).</remarks>
/// <param name="most">Records that are kept at most.</param>
internal sealed class RecordSample(int most)
{
    private readonly List<List<(int Line, IndexedDocument Document)>> _files = [];
    private UInt128 _limit = UInt128.MaxValue;
    private int _most = most;

    /// <summary>Usable records that were seen.</summary>
    internal long Seen { get; private set; }

    /// <summary>Those that are kept.</summary>
    internal int Kept { get; private set; }

    /// <summary>The records of the next file; those that are left out later leave the list.</summary>
    internal List<(int Line, IndexedDocument Document)> NewFile()
    {
        _files.Add([]);
        return _files[^1];
    }

    /// <summary>Takes back all of the last file.</summary>
    internal void DropFile()
    {
        Kept -= _files[^1].Count;
        Seen -= _files[^1].Count;
        _files.RemoveAt(_files.Count - 1);
    }

    /// <summary>Whether a record is kept, as far as can be said yet.</summary>
    internal bool Takes(UInt128 content)
    {
        Seen++;
        return content <= _limit;
    }

    /// <summary>Keeps a record of the last file.</summary>
    internal void Add(int line, IndexedDocument document)
    {
        _files[^1].Add((line, document));
        if (++Kept > _most) Thin();
    }

    // Half of them go, so that this is done seldom; of one content all or none.
    private void Thin()
    {
        UInt128[] hashes = [.. _files.SelectMany(file => file).Select(record => record.Document.Whole.Content)];
        Array.Sort(hashes);
        _limit = hashes[_most / 2];
        foreach (List<(int Line, IndexedDocument Document)> file in _files)
        {
            file.RemoveAll(record => record.Document.Whole.Content > _limit);
            file.TrimExcess();
        }
        int kept = _files.Sum(file => file.Count);
        // Copies of few contents cannot be thinned.
        if (kept > _most - (_most / 4)) _most = 2 * kept;
        Kept = kept;
    }
}
