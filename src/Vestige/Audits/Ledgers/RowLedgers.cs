using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits.Ledgers;

/// <summary>What <see cref="LedgerPass{TItem}"/> gives for a row.</summary>
internal sealed record RowLedgers<TItem>
{
    /// <summary>Ledgers by view, the headline first; none where <see cref="Why"/> says why.</summary>
    internal IReadOnlyList<Ledger> Ledgers { get; init; } = [];

    /// <summary>Why there are none; else null.</summary>
    internal string? Why { get; init; }

    /// <summary>What is usable of G; empty where no ledger was estimated.</summary>
    internal IReadOnlyList<GeneratedDocument<TItem>> Generated { get; init; } = [];

    /// <summary>What the headline view counts as lost and as hallucinated, to look at.</summary>
    internal IReadOnlyList<Exhibit> Exhibits { get; init; } = [];
}

/// <summary>A document of G, to be read again: without what the views saw of it, which is as much as all the samples and goes when the ledgers are done.</summary>
/// <param name="Entry">Where it is from, or of which document it is the reconstruction; null for what was drawn.</param>
/// <param name="Items">How many of its items are in the sample.</param>
/// <param name="Held">Its items, where they were drawn; else null.</param>
internal sealed record GeneratedDocument<TItem>(Entry<TItem>? Entry, int Items, IReadOnlyList<TItem>? Held);
