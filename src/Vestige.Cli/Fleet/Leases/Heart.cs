using Vestige.Cli.Faults;

namespace Vestige.Cli.Fleet.Leases;

/// <summary>Beats for all attempts that this process holds, from a thread of its own: work on all processors does not stop it.</summary>
internal sealed class Heart : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<Lease> _held = [];
    private readonly TimeSpan _beat, _patience;
    private readonly ManualResetEventSlim _stopped = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Thread _thread;
    private Exception? _fault;

    /// <param name="beat">From one beat to the next.</param>
    /// <param name="patience">How long others wait for one.</param>
    internal Heart(TimeSpan beat, TimeSpan patience)
    {
        (_beat, _patience) = (beat, patience);
        _thread = new Thread(Run) { IsBackground = true, Name = "heartbeat" };
        _thread.Start();
    }

    /// <summary>Cancelled when no beat could be written for so long that others will soon take this worker for dead.</summary>
    internal CancellationToken Lost => _lost.Token;

    /// <summary>Throws what kept the beats from being written.</summary>
    internal void Check()
    {
        if (_lost.IsCancellationRequested && _fault is { } fault) throw fault;
    }

    internal void Add(Lease lease)
    {
        lock (_lock) _held.Add(lease);
    }

    internal void Remove(Lease lease)
    {
        lock (_lock) _held.Remove(lease);
    }

    public void Dispose()
    {
        _stopped.Set();
        _thread.Join();
        _stopped.Dispose();
        _lost.Dispose();
    }

    private void Run()
    {
        var clock = TimeProvider.System;
        long good = clock.GetTimestamp();
        while (!_stopped.Wait(_beat))
        {
            Lease[] held;
            lock (_lock) held = [.. _held];
            try
            {
                foreach (Lease lease in held) lease.Beat();
                good = clock.GetTimestamp();
            }
            catch (DataException e) when (e.IsOfPlace)
            {
                if (clock.GetElapsedTime(good) < _patience / 2) continue;
                _fault = e;
                _lost.Cancel();
                return;
            }
        }
    }
}
