namespace Vestige.Figures;

/// <summary>Which of the four samples of a ledger.</summary>
internal enum Role
{
    /// <summary>T.</summary>
    Training,

    /// <summary>H.</summary>
    HeldOut,

    /// <summary>A, which sets the floors.</summary>
    Floor,

    /// <summary>G, the audited sample.</summary>
    Generated,
}
