using System.Text.Json.Serialization;

namespace Vestige.Results;

/// <summary>Everything an audit found: what the table, the JSON and the report are made from.</summary>
public sealed record AuditResult
{
    /// <summary>The schema that this library writes; raised when a reader of the old one would go wrong.</summary>
    public const int CurrentSchema = 3;

    /// <summary>Schema of this result.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>What was run and with what.</summary>
    public required RunInfo Run { get; init; }

    /// <summary>What was audited.</summary>
    public required SourceInfo Source { get; init; }

    /// <summary>One row a compressor: the yardstick, the parrot, then those the user named, in the user's order.</summary>
    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>What lossless coders make of H after T; null where there are none for this kind of item.</summary>
    public CoderResults? Lossless { get; init; }

    /// <summary>The model that the others were held against; null where none was named.</summary>
    public ComparisonInfo? Against { get; init; }

    /// <summary>What matters, in plain words.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Rows less other rows of this audit: neighbours on a ladder of one family, and the pairs that the user named.</summary>
    public IReadOnlyList<RowDifference> Differences { get; init; } = [];

    /// <summary>What T, H, A and the rows' samples share that they should not; null where nothing was searched.</summary>
    public Contamination? Contamination { get; init; }

    /// <summary>What is measured of a reconstruction beside its original, the quality at which codecs are matched first; empty where nothing is.</summary>
    public IReadOnlyList<PairedMeasureInfo> PairedMeasures { get; init; } = [];

    /// <summary>Codecs beside the first one that the user named, at the same quality and at the same bytes; empty where there is one codec or nothing is
    /// measured item by item.</summary>
    public IReadOnlyList<MatchedComparison> Matched { get; init; } = [];

    /// <summary>What to choose among the rows that the user named; null where there is nothing to choose.</summary>
    public Choice? Choice { get; init; }

    /// <summary>Whether the conditions that the user set were met; empty where none were set.</summary>
    public IReadOnlyList<GateOutcome> Gates { get; init; } = [];

    /// <summary>Files to look at; empty where the audit was given no folder for them.</summary>
    public IReadOnlyList<Exhibit> Exhibits { get; init; } = [];

    /// <summary>Documents that could not be used, and why.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>How fast the codecs were. Times repeat on no machine: this is the one part that another run of the same command changes.</summary>
    public required IReadOnlyList<Speed> Speed { get; init; }
}

/// <summary>What was run.</summary>
/// <param name="Vestige">Version of the tool.</param>
/// <param name="Command">The command line.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Units">At most so many units in each sample.</param>
/// <param name="Versions">Versions of the libraries behind the figures, by name.</param>
public sealed record RunInfo(string Vestige, string Command, ulong Seed, int Units, IReadOnlyDictionary<string, string> Versions);

/// <summary>What was audited.</summary>
public sealed record SourceInfo
{
    /// <summary>As the user named it.</summary>
    public required string Name { get; init; }

    /// <summary>"images" or "passages".</summary>
    public required string Items { get; init; }

    /// <summary>"pixel" or "byte": what rates are divided by.</summary>
    public required string SizeUnit { get; init; }

    /// <summary>What a document is called: "file", "record", "section", "document".</summary>
    public string Document { get; init; } = "document";

    /// <summary>Documents found, and kept.</summary>
    public required int Documents { get; init; }

    /// <summary>How many there were, where those that were kept were drawn from more by what they hold: all figures, and sums of bytes, are of the kept. Null where
    /// all were.</summary>
    public long? Population { get; init; }

    /// <summary>Documents that could be read.</summary>
    public required int Usable { get; init; }

    /// <summary>Units (images, passages) in the usable documents.</summary>
    public required int Units { get; init; }

    /// <summary>Documents that are copies of another.</summary>
    public required int Copies { get; init; }

    /// <summary>How the samples were dealt, and what is in none.</summary>
    public required DealInfo Deal { get; init; }

    /// <summary>How the usable documents' files are coded, where that is known and matters to what is coded again: "jpeg", "webp" (with loss), "png16" (16 bits a
    /// sample), and how many are.</summary>
    public IReadOnlyDictionary<string, int> Formats { get; init; } = new Dictionary<string, int>();

    /// <summary>What was done to the items before anything else ("reduced to 1/2"); null where nothing was.</summary>
    public string? Altered { get; init; }

    /// <summary>Size of the usable documents in size units.</summary>
    public required long Size { get; init; }

    /// <summary>Bytes of the user's files as they are (usable ones).</summary>
    public required long CurrentBytes { get; init; }

    /// <summary>Bytes of the raw items.</summary>
    public required double RawBytes { get; init; }

    /// <summary>Bytes of the items in the best lossless code at hand: what the parrot stores; null where it could not take all of them.</summary>
    public long? LosslessBytes { get; init; }
}

/// <summary>How a source was dealt into samples.</summary>
/// <param name="Training">T.</param>
/// <param name="HeldOut">H.</param>
/// <param name="Floor">A.</param>
/// <param name="Yardstick">B.</param>
public sealed record DealInfo(SampleInfo Training, SampleInfo HeldOut, SampleInfo Floor, SampleInfo Yardstick)
{
    /// <summary>What stands in one sample together and is left out together by the intervals: "document" (a file, a record, a draw), "section" (of a
    /// file that others of its sections are dealt apart from: figures then hold within these files) or "group" (all documents that the source
    /// names together, such as the sections of a file).</summary>
    public required string By { get; init; }

    /// <summary>Units of the source that are in no sample: over the reserve, or of groups of which other documents fill a sample.</summary>
    public required long LeftOut { get; init; }

    /// <summary>The same as a share of all usable units.</summary>
    public required double LeftOutShare { get; init; }

    /// <summary>Held-out documents that stand in T, byte for byte, and were taken out of H, A and B.</summary>
    public int SharedWithTraining { get; init; }

    /// <summary>Documents of H, A and B that stand in T, byte for byte, and were left there: what is held out has each of them three times or more.</summary>
    public int RecurringInTraining { get; init; }

    /// <summary>Whether the user named T and what was kept from it apart; else both were dealt out of one source.</summary>
    public bool IsTrainingNamed { get; init; }
}

/// <summary>A real sample.</summary>
/// <param name="Units">Its units (images, passages), short ones too.</param>
/// <param name="Groups">What the intervals leave out one after the other: documents, or groups of them.</param>
public sealed record SampleInfo(int Units, int Groups);

/// <summary>One compressor's account.</summary>
public sealed record Row
{
    /// <summary>Canonical specification: "jpeg:q=50".</summary>
    public required string Name { get; init; }

    /// <summary>The name as tables and sentences use it: where names are long, without the options that all rows of the compressor share.</summary>
    public string Label { get => _label ?? Name; init => _label = value; }

    private readonly string? _label;

    /// <summary>What the row is a setting of: "jpeg".</summary>
    public required string Family { get; init; }

    /// <summary>What it is in the audit.</summary>
    public required RowKind Kind { get; init; }

    /// <summary>True for the rows the user named; the three corners are always added.</summary>
    public bool Named => Kind == RowKind.Named;

    /// <summary>True for a codec (the parrot is one): its G is made from T item by item, so its generalized share reads "plausible, but not the original".</summary>
    public required bool IsCodec { get; init; }

    /// <summary>Whether everything came back as it was: a codec whose error beside every original is nothing.</summary>
    [JsonIgnore]
    public bool IsLossless => IsCodec && Bits.Failures == 0 && Paired?.Of("psnr")?.Mean is { IsMeasured: false, Why: { } why }
        && why.StartsWith("infinite", StringComparison.Ordinal);

    /// <summary>SHA-256 of the model's file, for a model: what <c>vestige train</c> prints; null for others.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>How a model of others was run: libraries, precision, sizes of windows and batches; null for what is Vestige's own.</summary>
    public string? Settings { get; init; }

    /// <summary>What it keeps of the model that others are held against; null where none was named, or this is no model.</summary>
    public ComparisonReport? Against { get; init; }

    /// <summary>What it costs.</summary>
    public required Bits Bits { get; init; }

    /// <summary>What its reconstructions lost and invented beside their originals; null for what is no codec, or where it was not measured.</summary>
    public PairedReport? Paired { get; init; }

    /// <summary>One ledger a view, the headline first; empty where no ledger could be made.</summary>
    public required IReadOnlyList<Ledger> Ledgers { get; init; }

    /// <summary>What it shares verbatim with T; null for items that are not text.</summary>
    public CopyReport? Copying { get; init; }

    /// <summary>Items of its G that are near-copies of items of T; null where that was not searched.</summary>
    public NearCopyReport? NearCopies { get; init; }

    /// <summary>What its documents are, where somebody else made them; null for other rows.</summary>
    public OutputsReport? Outputs { get; init; }

    /// <summary>What came of asking it for texts; null for what is not asked.</summary>
    public AnswerReport? Answers { get; init; }

    /// <summary>What of T could be drawn out of the model; null for what cannot go on from a prefix.</summary>
    public ExtractionReport? Extraction { get; init; }

    /// <summary>Why there is no ledger.</summary>
    public string? Why { get; init; }

    /// <summary>The ledger as it is; null where p is not known.</summary>
    public ExactReport? Exact { get; init; }
}

/// <summary>What a row is in an audit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RowKind>))]
public enum RowKind
{
    /// <summary>The user named it.</summary>
    Named,

    /// <summary>Fresh real items, audited as if they were a compressor: the corner (0, 1, 0) of memorized, generalized, hallucinated.</summary>
    Yardstick,

    /// <summary>The look-up table: T given back, the corner (1, 0, 0).</summary>
    Parrot,

    /// <summary>The yardstick's items with their parts in random order: the corner (0, 0, 1), as far as the view tells nonsense from sense.</summary>
    Shuffled,
}

/// <summary>A sentence for a person.</summary>
/// <param name="Id">Stable name of the kind of finding: "lost", "hallucinated", "choice".</param>
/// <param name="Row">The row it speaks of; null where it speaks of several or of none.</param>
/// <param name="Text">The sentence.</param>
public sealed record Finding(string Id, string? Row, string Text)
{
    /// <summary>Where it is read.</summary>
    public FindingPart Part { get; init; } = FindingPart.Account;
}

/// <summary>Where a finding is read, in this order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingPart>))]
public enum FindingPart
{
    /// <summary>Before any figure: what makes figures mean something else.</summary>
    Warning,

    /// <summary>What the figures say of the rows.</summary>
    Account,

    /// <summary>What is to be known to read them.</summary>
    Note,

    /// <summary>Rows beside each other at the same quality and at the same bytes.</summary>
    Matched,

    /// <summary>What to choose.</summary>
    Choice,

    /// <summary>The question and its answer: out of the others, for the top of a page.</summary>
    Answer,
}

/// <summary>A document that could not be used.</summary>
/// <param name="Document">Its name.</param>
/// <param name="Row">The compressor that could not take it; null where it could not even be read.</param>
/// <param name="Why">Why, in words.</param>
public sealed record Problem(string Document, string? Row, string Why);
