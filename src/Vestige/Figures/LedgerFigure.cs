namespace Vestige.Figures;

/// <summary>The figures that every ledger has, as they are numbered in its <see cref="Replicates"/>; a ledger may keep more behind them.</summary>
internal enum LedgerFigure
{
    /// <summary>Mass of p that q no longer produces.</summary>
    Lost = 0,

    /// <summary>Mass of q that it has because T was T and not another sample of p.</summary>
    Memorized = 1,

    /// <summary>The rest of q.</summary>
    Generalized = 2,

    /// <summary>Mass of q that p does not give.</summary>
    Hallucinated = 3,
}
