using Vestige.Audits.Documents;
using Vestige.Results;

namespace Vestige.Audits.Ledgers;

/// <summary>What <see cref="LedgerPass{TItem}"/> gives for a row.</summary>
internal sealed record RowLedgers<TItem>
{
    /// <summary>Ledgers by view, the headline first; none where <see cref="Why"/> says why.</summary>
    internal IReadOnlyList<Ledger> Ledgers { get; init; } = [];

    /// <summary>Why there are none; else null.</summary>
    internal string? Why { get; init; }

    /// <summary>G; empty where no ledger was estimated.</summary>
    internal IReadOnlyList<SampledDocument<TItem>> Generated { get; init; } = [];

    /// <summary>What the headline view counts as lost and as hallucinated, to look at.</summary>
    internal IReadOnlyList<Exhibit> Exhibits { get; init; } = [];
}
