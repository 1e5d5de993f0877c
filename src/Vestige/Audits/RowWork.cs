using Vestige.Compressors;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>What coding a document gave.</summary>
/// <param name="Bytes">Bytes of its items together; -1 where the codec could not take them.</param>
/// <param name="EncodeSeconds">Time to encode them.</param>
/// <param name="DecodeSeconds">Time to decode them.</param>
/// <param name="Same">The reconstructions are the items themselves.</param>
internal readonly record struct Outcome(long Bytes, double EncodeSeconds, double DecodeSeconds, bool Same)
{
    internal static readonly Outcome None = new(-1, 0, 0, false);
}

/// <summary>One compressor's row while the audit runs.</summary>
internal sealed class RowWork<TItem>(ICompressor<TItem> compressor, RowKind kind)
{
    private Outcome[] _outcomes = [];
    private double[]?[] _paired = [];

    internal ICompressor<TItem> Compressor => compressor;

    /// <summary>What it is in the audit.</summary>
    internal RowKind Kind => kind;

    /// <summary>True for the rows the user named.</summary>
    internal bool Named => kind == RowKind.Named;

    internal ICompressed<TItem> Compressed { get; set; } = null!;

    /// <summary>What codes its items, where it is a codec: <see cref="Compressed"/>, or the same with a memory.</summary>
    internal ICodec<TItem> Codec { get; set; } = null!;

    /// <summary>Documents that it brought along: drawn from q by somebody else.</summary>
    internal IReadOnlyList<Entry<TItem>> Elsewhere { get; set; } = [];

    /// <summary>Ledgers by view, once they are estimated.</summary>
    internal IReadOnlyList<Ledger> Ledgers { get; set; } = [];

    /// <summary>The ledger as it is, where p is known.</summary>
    internal Exact? Exact { get; set; }

    /// <summary>Why there are none.</summary>
    internal string? Why { get; set; }

    internal IReadOnlyList<Exhibit> Exhibits { get; set; } = [];

    /// <summary>G, once it is drawn.</summary>
    internal IReadOnlyList<Drawn<TItem>> Generated { get; set; } = [];

    internal Reading? Reading { get; set; }

    /// <summary>Near-copies of T in its G; null where nothing was searched.</summary>
    internal NearCopyReport? NearCopies { get; set; }

    /// <summary>Items of its G that are near-copies of T.</summary>
    internal IReadOnlyList<ItemFigure> CopyItems { get; set; } = [];

    /// <summary>Runs of text that its G has nearly from T.</summary>
    internal IReadOnlyList<CopiedSpan> CopiedSpans { get; set; } = [];

    /// <summary>What work of this row is kept under.</summary>
    internal UInt128 Identity { get; private set; }

    internal Outcome Outcome(int entry) => _outcomes[entry];

    /// <summary>Whether its reconstructions are compared with their originals: those of the codecs that the user named.</summary>
    internal bool IsPaired => Named && Compressed is ICodec<TItem>;

    /// <summary>What was measured of a document beside its original; null where it was not.</summary>
    internal double[]? Paired(int entry) => _paired[entry];

    internal void Put(int entry, double[] paired) => _paired[entry] = paired;

    internal UInt128 Key(UInt128 document) => WorkKeys<TItem>.Of(document, Identity);

    internal void Prepare(int entries, WorkKeys<TItem> keys)
    {
        Identity = keys.Row(compressor.Name, Compressed);
        _outcomes = new Outcome[entries];
        Array.Fill(_outcomes, Audits.Outcome.None);
        _paired = new double[]?[entries];
    }

    internal void Put(int entry, Outcome outcome) => _outcomes[entry] = outcome;

    /// <summary>Codes a document's items.</summary>
    internal static Outcome Code(ICodec<TItem> codec, IReadOnlyList<TItem> items, out IReadOnlyList<TItem> reconstructions)
    {
        long bytes = 0;
        double encode = 0, decode = 0;
        bool same = true;
        var decoded = new TItem[items.Count];
        for (int i = 0; i < items.Count; i++)
        {
            Coded<TItem> coded = codec.Code(items[i]);
            bytes += coded.Bytes;
            encode += coded.EncodeSeconds;
            decode += coded.DecodeSeconds;
            decoded[i] = coded.Reconstruction;
            same &= ReferenceEquals(coded.Reconstruction, items[i]);
        }
        reconstructions = decoded;
        return new Outcome(bytes, encode, decode, same);
    }

    internal Row ToRow(AuditSettings settings, Bits bits, PairedReport? paired) => new()
    {
        Name = compressor.Name,
        Family = settings.FamilyOf(compressor.Name),
        Kind = kind,
        IsCodec = Compressed is ICodec<TItem>,
        Fingerprint = Compressed is IGenerator<TItem> and IIdentified model ? model.Identity : null,
        Bits = bits,
        Paired = paired,
        Ledgers = Ledgers,
        Copying = Reading?.Copying,
        NearCopies = NearCopies,
        Extraction = Reading?.Extraction,
        Why = Why,
        Exact = Exact,
    };
}
