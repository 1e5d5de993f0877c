using Vestige.Cli.Fleet.Leases;

namespace Vestige.Cli.Fleet;

/// <summary>Whose turn it is among the lanes of a worker: a piece that would be set aside if it failed once more is done while nothing else is held. Where it takes the
/// process with it, no other piece loses its last attempt by that; and one that was only beside such a piece twice gets through alone.</summary>
internal sealed class Turns
{
    private readonly object _lock = new();
    private int _held;
    private int _ended;
    private bool _alone;

    /// <summary>Takes a piece, when nobody is at one, or waits to be, by himself.</summary>
    /// <param name="take">Takes it; null for none.</param>
    /// <param name="ended">How many had ended before, for <see cref="WaitForAnother"/>.</param>
    internal Lease? Begin(Func<Lease?> take, out int ended)
    {
        lock (_lock)
        {
            // Whoever is alone ends, or is ended: no token is needed here.
            while (_alone) Monitor.Wait(_lock);
            ended = _ended;
            if (take() is not { } lease) return null;
            _held++;
            _alone = lease.IsLast;
            return lease;
        }
    }

    /// <summary>Waits until the piece may be begun.</summary>
    internal void WaitFor(Lease lease)
    {
        lock (_lock)
            while (lease.IsLast && _held > 1) Monitor.Wait(_lock);
    }

    /// <summary>Waits until a piece that is held here ends, which changes what there is to take; no longer than a time.</summary>
    internal void WaitForAnother(int ended, TimeSpan most, CancellationToken cancel)
    {
        using CancellationTokenRegistration waking = cancel.Register(Wake);
        lock (_lock)
            if (_ended == ended && !cancel.IsCancellationRequested) Monitor.Wait(_lock, most);
    }

    private void Wake()
    {
        lock (_lock) Monitor.PulseAll(_lock);
    }

    /// <summary>A piece is done with.</summary>
    internal void End(Lease lease)
    {
        lock (_lock)
        {
            _held--;
            _ended++;
            if (lease.IsLast) _alone = false;
            Monitor.PulseAll(_lock);
        }
    }
}
