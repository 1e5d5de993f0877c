namespace Vestige.Results;

/// <summary>Everything an audit found: what the table, the JSON and the report are made from.</summary>
public sealed record AuditResult
{
    /// <summary>The schema that this library writes; raised when a reader of the old one would go wrong.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Schema of this result.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>What was run and with what.</summary>
    public required RunInfo Run { get; init; }

    /// <summary>What was audited.</summary>
    public required SourceInfo Source { get; init; }

    /// <summary>One row a compressor: the yardstick, the parrot, then those the user named, in the user's order.</summary>
    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>What matters, in plain words.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Documents that could not be used, and why.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }
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

    /// <summary>Documents found.</summary>
    public required int Documents { get; init; }

    /// <summary>Documents that could be read.</summary>
    public required int Usable { get; init; }

    /// <summary>Documents that are copies of another.</summary>
    public required int Copies { get; init; }

    /// <summary>Units in each of T, H, A and B.</summary>
    public required int UnitsPerSample { get; init; }

    /// <summary>Size of the usable documents in size units.</summary>
    public required long Size { get; init; }

    /// <summary>Bytes of the user's files as they are (usable ones).</summary>
    public required long CurrentBytes { get; init; }

    /// <summary>Bytes of the raw items.</summary>
    public required double RawBytes { get; init; }
}

/// <summary>One compressor's account.</summary>
public sealed record Row
{
    /// <summary>Canonical specification: "jpeg:q=50".</summary>
    public required string Name { get; init; }

    /// <summary>True for the rows the user named; the yardstick and the parrot are always added.</summary>
    public required bool Named { get; init; }

    /// <summary>True for a codec (the parrot is one): its G is made from T item by item, so its generalized share reads "plausible, but not the original".</summary>
    public required bool IsCodec { get; init; }

    /// <summary>What it costs.</summary>
    public required Bits Bits { get; init; }

    /// <summary>One ledger a view, the headline first; empty where no ledger could be made.</summary>
    public required IReadOnlyList<Ledger> Ledgers { get; init; }

    /// <summary>Why there is no ledger.</summary>
    public string? Why { get; init; }
}

/// <summary>What one compressor costs.</summary>
public sealed record Bits
{
    /// <summary>Bits a size unit (pixel, byte), over all usable documents; not measurable for what stores nothing of its own.</summary>
    public required Figure Rate { get; init; }

    /// <summary>Bytes of all coded documents.</summary>
    public long? CodedBytes { get; init; }

    /// <summary>Bytes that must be stored to have q: the coded documents, a model's weights.</summary>
    public long? DescriptionBytes { get; init; }

    /// <summary>Documents that this compressor could not take.</summary>
    public int Failures { get; init; }
}

/// <summary>A sentence for a person.</summary>
/// <param name="Id">Stable name of the kind of finding: "lost", "hallucinated", "too-few".</param>
/// <param name="Row">The row it speaks of, or null.</param>
/// <param name="Text">The sentence.</param>
public sealed record Finding(string Id, string? Row, string Text);

/// <summary>A document that could not be used.</summary>
/// <param name="Document">Its name.</param>
/// <param name="Row">The compressor that could not take it; null where it could not even be read.</param>
/// <param name="Why">Why, in words.</param>
public sealed record Problem(string Document, string? Row, string Why);
