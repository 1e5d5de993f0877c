using System.Globalization;

namespace Vestige.Files;

/// <summary>How much memory all documents that are open at once may take together, by estimate: each says before it is opened what it will take.</summary>
/// <param name="total">Bytes, at least 1.</param>
public sealed class MemoryBudget(long total)
{
    /// <summary>Documents of this share of it and more leave nothing behind: what was freed goes back to the system before the next is opened. Else the
    /// runtime would keep what the measures of one took while the encoder of the next takes as much outside of it.</summary>
    private const int Large = 16;

    private readonly object _gate = new();
    private long _free = total;

    /// <summary>Half of the machine's memory, or of what its control group may take.</summary>
    public static long Default => Math.Max(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>Bytes in all.</summary>
    public long Total { get; } = total;

    /// <summary>Bytes in words: "2.1 GB".</summary>
    public static string Words(double bytes) => bytes >= 1e9 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e6):0} MB");

    /// <summary>As help shows it.</summary>
    public override string ToString() => Words(Total);

    /// <summary>Waits until so much is free, and takes it.</summary>
    /// <param name="bytes">At most <see cref="Total"/>.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>What gives it back.</returns>
    public IDisposable Take(long bytes, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Total);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        using CancellationTokenRegistration wake = cancel.Register(() =>
        {
            lock (_gate) Monitor.PulseAll(_gate);
        });
        lock (_gate)
        {
            while (_free < bytes)
            {
                cancel.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }
            _free -= bytes;
        }
        return new Share(this, bytes);
    }

    private void Give(long bytes)
    {
        if (bytes >= Total / Large) GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        lock (_gate)
        {
            _free += bytes;
            Monitor.PulseAll(_gate);
        }
    }

    private sealed class Share(MemoryBudget budget, long bytes) : IDisposable
    {
        private MemoryBudget? _budget = budget;

        public void Dispose() => Interlocked.Exchange(ref _budget, null)?.Give(bytes);
    }
}
