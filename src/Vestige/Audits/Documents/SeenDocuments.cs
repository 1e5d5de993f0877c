using System.Runtime.InteropServices;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>What <see cref="DocumentPass{TItem}"/> gives: of each document its size, what the views saw of it and of its reconstructions, and what
/// coding it gave. Sizes and outcomes are in memory, what was seen is read from the journal.</summary>
internal sealed class SeenDocuments<TItem>
{
    private readonly IJournal _journal;
    private readonly UInt128[] _views;
    private readonly UInt128 _pairing;
    private readonly Thinning<TItem> _thinning;
    private readonly Dictionary<Entry<TItem>, int> _index = [];
    private readonly Dictionary<AuditedRow<TItem>, CodedDocuments> _codecs = [];
    private readonly UInt128[] _keys;
    private readonly Extent[] _extents;
    private readonly List<Problem>?[] _problems;

    // Documents without a hash cannot be known again: what was found of them lasts as long as this audit.
    private readonly MemoryJournal _unhashed = new();

    /// <summary>Size of a document in size units and number of its items; of one that cannot be used, -1 and 0.</summary>
    private readonly record struct Extent(long Size, int Items);

    /// <summary>What a codec made of each document.</summary>
    /// <param name="Identity">What its work is kept under.</param>
    /// <param name="Outcomes">What coding gave.</param>
    /// <param name="Paired">What was measured of a document beside its original; null where it was not.</param>
    private sealed record CodedDocuments(UInt128 Identity, Outcome[] Outcomes, double[]?[] Paired);

    internal SeenDocuments(DocumentInput<TItem> input)
    {
        _journal = input.Journal;
        Entries = [.. input.Split.All, .. input.Rows.SelectMany(row => row.Elsewhere)];
        Own = Entries.Count - input.Rows.Sum(row => row.Elsewhere.Count);
        for (int i = 0; i < Entries.Count; i++) _index.TryAdd(Entries[i], i);
        _keys = [.. Entries.Select(input.Keys.Document)];
        _views = [.. input.Views.Select(WorkKeys<TItem>.View)];
        _thinning = new Thinning<TItem>(input.Split);
        if (input.Pairing is { } pairing) _pairing = WorkKeys<TItem>.Pairing(pairing);
        _extents = new Extent[Entries.Count];
        Array.Fill(_extents, new Extent(-1, 0));
        _problems = new List<Problem>?[Entries.Count];
        foreach (AuditedRow<TItem> row in input.Rows.Where(row => row.Codec is not null))
        {
            var outcomes = new Outcome[Entries.Count];
            Array.Fill(outcomes, Documents.Outcome.None);
            _codecs.Add(row, new CodedDocuments(input.Keys.Row(row.Name, row.Compressed), outcomes, new double[]?[Entries.Count]));
        }
    }

    /// <summary>All documents: T, H, A, B, the rest, and those that rows brought along.</summary>
    internal IReadOnlyList<Entry<TItem>> Entries { get; }

    /// <summary>How many of them are the source's own: for these rates are measured.</summary>
    internal int Own { get; }

    /// <summary>The words for the items.</summary>
    internal Medium Medium => Entries[0].Source.Medium;

    /// <summary>What could not be read or coded, in the order of documents, by the names that sources give them.</summary>
    internal IEnumerable<Problem> Problems => _problems.OfType<List<Problem>>().SelectMany(p => p);

    /// <summary>The same as a result says it: where there are several sources each with its source, for files of one name stand in all of them.</summary>
    /// <remarks>A document that stands there shuffled too is named once.</remarks>
    internal IReadOnlyList<Problem> ProblemsBySource
    {
        get
        {
            int[] entries = [.. Enumerable.Range(0, _problems.Length).Where(i => _problems[i] is not null)];
            bool several = entries.Length > 0 && Entries.Select(entry => entry.Source.Name).Distinct().Skip(1).Any();
            return [.. entries.SelectMany(i => _problems[i]!
                .Select(problem => several ? problem with { Document = $"{Entries[i].Source.Name}: {problem.Document}" } : problem)).Distinct()];
        }
    }

    internal bool Usable(int entry) => _extents[entry].Size >= 0;

    /// <summary>Size of a document in size units.</summary>
    internal long Size(int entry) => _extents[entry].Size;

    /// <summary>Items of a document; 0 for an unusable one.</summary>
    internal int Items(Entry<TItem> entry) => _extents[_index[entry]].Items;

    internal int IndexOf(Entry<TItem> entry) => _index[entry];

    /// <summary>What coding a document gave.</summary>
    internal Outcome Outcome(AuditedRow<TItem> row, int entry) => _codecs[row].Outcomes[entry];

    /// <summary>What was measured of a document beside its original; null where it was not.</summary>
    internal double[]? Paired(AuditedRow<TItem> row, int entry) => _codecs[row].Paired[entry];

    /// <summary>What a view saw of a document of some sample.</summary>
    internal ViewRecord Seen(Entry<TItem> entry, int view) => new(JournalOf(_index[entry]).Read(ViewKey(_index[entry], null, view))!);

    /// <summary>What a view saw of the reconstruction of a document of T; null where the codec could not take it.</summary>
    internal ViewRecord? Seen(AuditedRow<TItem> row, Entry<TItem> entry, int view) =>
        Outcome(row, _index[entry]).Bytes < 0 ? null : new(JournalOf(_index[entry]).Read(ViewKey(_index[entry], row, view))!);

    /// <summary>The head of such a record.</summary>
    internal ViewRecord.Head HeadOf(AuditedRow<TItem>? row, Entry<TItem> entry, int view) =>
        ViewRecord.HeadOf(JournalOf(_index[entry]).Read(ViewKey(_index[entry], row, view), ViewRecord.HeadSize)!);

    /// <summary>Atoms that a view keeps of a document, or of its reconstruction.</summary>
    internal int MostAtoms(int entry) => _thinning.Most(Entries[entry]);

    /// <summary>Takes from the journal the size of a document; whether it was there.</summary>
    internal bool HasExtent(int entry)
    {
        byte[]? known = JournalOf(entry).Read(WorkKeys<TItem>.Of(_keys[entry]));
        if (known is not null) _extents[entry] = MemoryMarshal.Read<Extent>(known);
        return known is not null;
    }

    /// <summary>Takes from the journal what it holds of a document and a codec.</summary>
    /// <returns>Whether it holds what coding gave.</returns>
    internal bool HasOutcome(int entry, AuditedRow<TItem> row, bool paired)
    {
        CodedDocuments coded = _codecs[row];
        IJournal journal = JournalOf(entry);
        byte[]? record = journal.Read(WorkKeys<TItem>.Of(_keys[entry], coded.Identity));
        if (record is not null) coded.Outcomes[entry] = MemoryMarshal.Read<Outcome>(record);
        if (paired && journal.Read(PairedKey(entry, row)) is { } values) coded.Paired[entry] = MemoryMarshal.Cast<byte, double>(values).ToArray();
        return record is not null;
    }

    /// <summary>Whether the journal holds what every view saw of a document, or of its reconstruction.</summary>
    internal bool HasViews(int entry, AuditedRow<TItem>? row)
    {
        for (int v = 0; v < _views.Length; v++)
            if (!JournalOf(entry).Contains(ViewKey(entry, row, v))) return false;
        return true;
    }

    /// <summary>Keeps what a view saw, where the journal does not hold it.</summary>
    internal void Keep(int entry, AuditedRow<TItem>? row, int view, Func<ViewRecord> look)
    {
        UInt128 key = ViewKey(entry, row, view);
        if (!JournalOf(entry).Contains(key)) JournalOf(entry).Write(key, look().Record);
    }

    internal void PutExtent(int entry, long size, int items)
    {
        _extents[entry] = new Extent(size, items);
        JournalOf(entry).Write(WorkKeys<TItem>.Of(_keys[entry]), Bytes(_extents[entry]));
    }

    /// <summary>What coding gave, so that what was seen of it is kept where it belongs; <see cref="Finish"/> writes it down.</summary>
    internal void Put(int entry, AuditedRow<TItem> row, Outcome outcome) => _codecs[row].Outcomes[entry] = outcome;

    internal void PutPaired(int entry, AuditedRow<TItem> row, double[] values)
    {
        _codecs[row].Paired[entry] = values;
        JournalOf(entry).Write(PairedKey(entry, row), MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <summary>Writes down what coding gave, last of all that is kept of it: where it stands, the rest does.</summary>
    internal void Finish(int entry, AuditedRow<TItem> row) =>
        JournalOf(entry).Write(WorkKeys<TItem>.Of(_keys[entry], _codecs[row].Identity), Bytes(_codecs[row].Outcomes[entry]));

    /// <summary>The document cannot be used, or not by one codec.</summary>
    internal void Refuse(int entry, AuditedRow<TItem>? row, UnusableDocumentException reason)
    {
        if (row is not null) Put(entry, row, Documents.Outcome.None);
        else (_extents[entry], _problems[entry]) = (new Extent(-1, 0), null);
        // Its name stands in front already.
        string name = Entries[entry].Info.Name, prefix = name + ": ";
        (_problems[entry] ??= []).Add(new Problem(name, row?.Name,
            reason.Message.StartsWith(prefix, StringComparison.Ordinal) ? reason.Message[prefix.Length..] : reason.Message));
    }

    private IJournal JournalOf(int entry) => Entries[entry].Info.Content == 0 ? _unhashed : _journal;

    private UInt128 PairedKey(int entry, AuditedRow<TItem> row) => WorkKeys<TItem>.Of(_keys[entry], _codecs[row].Identity, _pairing);

    // What a codec gave back unchanged looks like the original.
    private UInt128 ViewKey(int entry, AuditedRow<TItem>? row, int view) =>
        WorkKeys<TItem>.Of(_keys[entry], row is null || Outcome(row, entry).Same ? default : _codecs[row].Identity, _views[view], MostAtoms(entry));

    private static ReadOnlySpan<byte> Bytes<T>(in T value)
        where T : struct => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
}
