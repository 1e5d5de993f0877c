using Vestige.Cli.Fleet.Leases;
using Vestige.Cli.Runs;
using Vestige.Compressors;

namespace Vestige.Cli.Fleet;

/// <summary>Work that is cut into pieces: an audit, or a study.</summary>
internal interface IFleetWork : IDisposable
{
    /// <summary>What is audited and with what code, as it is here and now.</summary>
    RunFacts Facts { get; }

    /// <summary>All pieces, in an order that is the same everywhere.</summary>
    IReadOnlyList<PlannedPiece> Pieces { get; }

    /// <summary>How many a worker does at once: more than one where each takes few threads.</summary>
    int AtOnce { get; }

    /// <summary>Whether a piece takes all threads, and much memory, by itself: of these a worker does one at a time, whatever it does besides.</summary>
    /// <param name="piece">Number of the piece.</param>
    bool IsLarge(int piece);

    /// <summary>Takes up what other workers have left of pieces that they did not finish.</summary>
    void TakeUp();

    /// <summary>Does a piece. What it gives is on the disk when it returns.</summary>
    /// <param name="piece">Number of the piece.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops it; what is done of it is kept.</param>
    IReadOnlyList<PieceFigure> Do(int piece, IProgress<WorkProgress> progress, CancellationToken cancel);
}
