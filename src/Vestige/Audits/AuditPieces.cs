using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>A part of the work of an audit that can be done by itself, in any order and by any process.</summary>
/// <param name="Name">In words, for people: "images 3 of 16", "transformer:steps=300".</param>
/// <param name="Key">All that its result depends on: documents by content, rows by settings, code by build.</param>
public sealed record AuditPiece(string Name, UInt128 Key)
{
    /// <summary>Numbers of its documents among all of the audit.</summary>
    internal IReadOnlyList<int> Documents { get; init; } = [];

    /// <summary>Number of the row that is made; null for a piece of documents.</summary>
    internal int? Row { get; init; }

    /// <summary>Whether it makes a row, with all threads; a piece of documents takes no more of them than it has documents.</summary>
    public bool MakesRow => Row is not null;
}

/// <summary>What a codec made of the documents of a piece.</summary>
/// <param name="Row">Name of the row.</param>
/// <param name="Bytes">Of the coded documents.</param>
/// <param name="Size">Of the same documents, in size units.</param>
public sealed record CodedSize(string Row, long Bytes, long Size);

/// <summary>What doing a piece gave, beside what stands in the journal and on the shelf.</summary>
/// <param name="Documents">How many of its documents could be used.</param>
/// <param name="Sizes">Of every codec that the user named; empty for a piece that makes a row.</param>
public sealed record PieceTally(int Documents, IReadOnlyList<CodedSize> Sizes);

/// <summary>Cuts an audit into pieces and does them. What they find stands in the journal and on the shelf of the request: an <see cref="Audit.Run"/> of the same
/// request takes it up, and gives the same figures whoever did which pieces, or did none.</summary>
/// <remarks>Documents are cut by their content, never by the number of workers. Of a source whose documents have no hash (worlds) there are no pieces of documents,
/// and what no piece does, <see cref="Audit.Run"/> does.</remarks>
public sealed class AuditPieces<TItem>
{
    /// <summary>Pieces of documents are at most 2 to this power: enough for hundreds of workers, and few files to keep of them.</summary>
    private const int MostBits = 10;

    /// <summary>At the end of a piece all threads wait for its last document: one part of so many of it by each thread is not worth another piece beside it.</summary>
    private const int MostWaiting = 16;

    private readonly AuditRequest<TItem> _request;
    private readonly Lazy<DocumentPass<TItem>> _pass;
    private readonly WorkKeys<TItem> _keys;
    private readonly AuditedRow<TItem>[] _rows;

    /// <summary>Cuts the audit.</summary>
    /// <param name="request">What is audited.</param>
    public AuditPieces(AuditRequest<TItem> request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _request = request;
        _keys = new WorkKeys<TItem>(request.Settings.Reading, request.Settings.Versions);
        // What is no codec before it is trained sees no documents here.
        _rows = AuditedRows.Of(request, null, default, compressor => compressor is CodecCompressor<TItem> or Stored<TItem> or Parrot<TItem>);
        _pass = new Lazy<DocumentPass<TItem>>(() => PassOf(_rows));
        All = [.. RowPieces(), .. DocumentPieces()];
        int documents = All.Sum(piece => piece.Documents.Count), pieces = All.Count(piece => piece.Documents.Count > 0);
        int workers = DocumentPass<TItem>.Workers(request.Settings.Threads);
        AtOnce = documents == 0 ? 1 : Math.Clamp((int)Math.Ceiling((double)MostWaiting * workers * pieces / documents), 1, workers);
    }

    /// <summary>How many pieces of documents keep all threads busy: of few documents each, more than one.</summary>
    public int AtOnce { get; }

    /// <summary>All pieces: first those that take longest.</summary>
    public IReadOnlyList<AuditPiece> All { get; }

    /// <summary>Does one. Called from several threads: <see cref="AtOnce"/> pieces of documents, and beside them one that makes a row.</summary>
    /// <param name="piece">One of <see cref="All"/>.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work; what is done of it is kept.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PieceTally Do(AuditPiece piece, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(piece);
        if (piece.Row is { } number) return Make(number, progress, cancel);
        DocumentPass<TItem> pass = _pass.Value;
        pass.Do(piece.Documents, progress, cancel);
        SeenDocuments<TItem> seen = pass.Seen;
        int[] own = [.. piece.Documents.Where(i => i < seen.Own && seen.Usable(i))];
        return new PieceTally(own.Length, [.. _rows.Where(row => row.IsPaired).Select(row =>
        {
            int[] coded = [.. own.Where(i => seen.Outcome(row, i).Bytes >= 0)];
            return new CodedSize(row.Name, coded.Sum(i => seen.Outcome(row, i).Bytes), coded.Sum(seen.Size));
        })]);
    }

    /// <summary>Makes what the shelf is to hold; a codec that comes of it codes the documents too.</summary>
    private PieceTally Make(int number, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ICompressor<TItem> compressor = _rows[number].Compressor;
        AuditedRow<TItem>[] made = AuditedRows.Of(_request, progress, cancel, other => ReferenceEquals(other, compressor));
        if (made[number].Codec is not null)
        {
            DocumentPass<TItem> pass = PassOf([made[number]]);
            pass.Do([.. Enumerable.Range(0, pass.Seen.Own).Where(i => pass.Seen.Entries[i].Info.Content != 0)], progress, cancel);
        }
        return new PieceTally(0, []);
    }

    private DocumentPass<TItem> PassOf(AuditedRow<TItem>[] rows) => new(
        new DocumentInput<TItem>(_request.Split, rows, _request.Views, _request.Pairing, _request.Journal, _keys, _request.Settings.Threads));

    private IEnumerable<AuditPiece> RowPieces()
    {
        if (_rows.All(row => !row.Compressor.KeepsWork)) yield break;
        var training = new PieceHash();
        foreach (Entry<TItem> entry in _request.Split.Training) training.Add(entry.Info.Content).Add(entry.Info.Name);
        training.Add(_request.Planted.Count);
        UInt128 documents = training.Value;
        for (int r = 0; r < _rows.Length; r++)
        {
            ICompressor<TItem> compressor = _rows[r].Compressor;
            if (!compressor.KeepsWork) continue;
            var key = new PieceHash();
            key.Add("row").Add(compressor.Name).Add(WorkKeys<TItem>.Build(compressor)).Add(_request.Settings.Reading).Add(_request.Settings.Seed).Add(documents);
            yield return new AuditPiece(compressor.Name, key.Value) { Row = r };
        }
    }

    private IEnumerable<AuditPiece> DocumentPieces()
    {
        Entry<TItem>[] entries = [.. _request.Split.All, .. _rows.SelectMany(row => row.Elsewhere)];
        int own = entries.Length - _rows.Sum(row => row.Elsewhere.Count), hashed = entries.Count(entry => entry.Info.Content != 0);
        if (hashed == 0) yield break;
        int bits = Math.Min(MostBits, BitOperations.Log2((uint)hashed));
        var batches = new List<int>[1 << bits];
        for (int i = 0; i < entries.Length; i++)
            if (entries[i].Info.Content is var content && content != 0) (batches[Batch(content, bits)] ??= []).Add(i);
        UInt128 all = Common();
        var thinning = new Thinning<TItem>(_request.Split);
        string items = entries[0].Source.Medium.Items;
        for (int b = 0; b < batches.Length; b++)
        {
            if (batches[b] is not { } batch) continue;
            var key = new PieceHash();
            key.Add(all);
            // What is done with a document depends on its sample; its number and the order of the others change nothing.
            foreach (UInt128 document in batch.Select(i => new PieceHash().Add(_keys.Document(entries[i], i)).Add(SampleOf(i, own))
                .Add(thinning.Most(entries[i])).Value).Order()) key.Add(document);
            yield return new AuditPiece($"{items} {b + 1} of {batches.Length}", key.Value) { Documents = batch };
        }
    }

    /// <summary>What all pieces of documents depend on: rows, views, what compares.</summary>
    private UInt128 Common()
    {
        var all = new PieceHash();
        all.Add("documents");
        foreach (AuditedRow<TItem> row in _rows.Where(row => row.Codec is not null)) all.Add(_keys.Row(row.Name, row.Compressed));
        foreach (Views.IView<TItem> view in _request.Views) all.Add(WorkKeys<TItem>.View(view));
        if (_request.Pairing is { } pairing) all.Add(WorkKeys<TItem>.Pairing(pairing));
        return all.Value;
    }

    private UInt128 SampleOf(int i, int own)
    {
        int training = _request.Split.Training.Count, sampled = own - _request.Split.Rest.Count;
        return i < training ? 1u : i < sampled ? 2u : i < own ? 3u : 4u;
    }

    private static int Batch(UInt128 content, int bits) => bits == 0 ? 0 : (int)(Rng.Mix((ulong)(content >> 64), (ulong)content) >> (64 - bits));

    /// <summary>A hash of words and numbers, each behind its kind and length, so that no two lists run into the same bytes.</summary>
    private sealed class PieceHash
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        internal UInt128 Value => BinaryPrimitives.ReadUInt128LittleEndian(_hash.GetCurrentHash());

        internal PieceHash Add(UInt128 number)
        {
            Span<byte> bytes = stackalloc byte[17];
            bytes[0] = 1;
            BinaryPrimitives.WriteUInt128LittleEndian(bytes[1..], number);
            _hash.AppendData(bytes);
            return this;
        }

        internal PieceHash Add(int number) => Add((UInt128)number);

        internal PieceHash Add(string words)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(words);
            Span<byte> head = stackalloc byte[5];
            head[0] = 2;
            BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
            _hash.AppendData(head);
            _hash.AppendData(bytes);
            return this;
        }
    }
}
