using System.Diagnostics;
using System.Globalization;
using Vestige.Cli.Faults;
using Vestige.Cli.Fleet.Leases;
using Vestige.Compressors;

namespace Vestige.Cli.Fleet;

/// <summary>What a worker did.</summary>
/// <param name="Done">Pieces done here.</param>
/// <param name="Failed">Attempts that failed here, with their reasons.</param>
internal sealed record WorkerReport(int Done, IReadOnlyList<string> Failed);

/// <summary>Takes pieces until none is left.</summary>
/// <param name="work">The pieces.</param>
/// <param name="folder">The shared folder.</param>
/// <param name="plan">What workers agree on.</param>
/// <param name="me">What an attempt of this worker says of it.</param>
internal sealed class Worker(IFleetWork work, FleetFolder folder, FleetPlan plan, LeaseState me)
{
    private readonly Lock _lock = new();
    private readonly Turns _turns = new();
    private readonly List<string> _failed = [];
    private int _done;

    /// <summary>Works.</summary>
    /// <param name="start">The piece to begin at: workers that begin at different ones do not ask for the same.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Ends it: the pieces it is at are given back.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="DataException">The folder is gone, full or read-only.</exception>
    internal WorkerReport Run(int start, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var numbers = new Dictionary<string, int>();
        for (int i = 0; i < work.Pieces.Count; i++) numbers.TryAdd(work.Pieces[i].Key, i);
        var board = new LeaseBoard(folder, me, plan.Patience, TimeProvider.System);
        board.Begin(work.Pieces.Skip(start).Concat(work.Pieces.Take(start)).Select(piece => piece.Key));
        using var heart = new Heart(TimeSpan.FromSeconds(plan.Heartbeat), plan.Patience);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel, heart.Lost);
        var faults = new List<Exception>();
        var lanes = new Thread[Math.Clamp(work.AtOnce, 1, Math.Max(1, work.Pieces.Count))];
        for (int l = 0; l < lanes.Length; l++)
        {
            // Large pieces are the first lane's, so that there is one of them at a time.
            Predicate<string>? may = l == 0 ? null : key => !work.IsLarge(numbers[key]);
            lanes[l] = new Thread(() =>
            {
                try
                {
                    Lane(board, may, heart, numbers, progress, ended.Token);
                }
                catch (Exception e)
                {
                    lock (_lock) faults.Add(e);
                    ended.Cancel();
                }
            })
            { Name = "pieces" };
            lanes[l].Start();
        }
        foreach (Thread lane in lanes) lane.Join();
        heart.Check();
        if (faults.Find(fault => fault is not OperationCanceledException) is { } first) throw first;
        cancel.ThrowIfCancellationRequested();
        return new WorkerReport(_done, _failed);
    }

    private void Lane(LeaseBoard board, Predicate<string>? may, Heart heart, Dictionary<string, int> numbers, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            (int left, int takeable) = (0, 0);
            // What was taken is alive from here on, also while it waits for its turn.
            Lease? lease = _turns.Begin(() =>
            {
                (Lease? taken, left, takeable) = board.Take(may);
                if (taken is not null) heart.Add(taken);
                return taken;
            }, out int ended);
            if (lease is not null)
            {
                try
                {
                    _turns.WaitFor(lease);
                    Do(lease, numbers[lease.Key], heart, Reporting(progress, left), cancel);
                }
                finally
                {
                    _turns.End(lease);
                }
            }
            else if (takeable == 0) return;
            else
            {
                progress.Report(new WorkProgress("waiting", Share(left)) { Detail = $"{left} {(left == 1 ? "piece is" : "pieces are")} with other workers" });
                _turns.WaitForAnother(ended, TimeSpan.FromSeconds(Math.Min(plan.Heartbeat, 5)), cancel);
            }
        }
    }

    private double Share(int left) => 1 - ((double)left / work.Pieces.Count);

    private Inner Reporting(IProgress<WorkProgress> progress, int left) => new(value => progress.Report(new WorkProgress("pieces", Share(left))
    {
        Detail = string.Create(CultureInfo.InvariantCulture, $"{_done} done here; {value.What} {100 * value.Done:0} %"),
    }));

    private void Do(Lease lease, int number, Heart heart, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            // Somebody was at it before: what he left of it need not be done again.
            if (lease.Attempt > 1) work.TakeUp();
            IReadOnlyList<PieceFigure> figures = work.Do(number, progress, cancel);
            var mark = new DoneMark(me.Worker, me.Host, lease.Attempt, watch.Elapsed.TotalSeconds, figures);
            // What was found is on the disk; a mark that a machine loses as it goes down costs a look at it.
            folder.Write(FleetFolder.Done + lease.Key, mark, MarkJson.Default.DoneMark, lasting: false);
            heart.Remove(lease);
            lease.Clear();
            Interlocked.Increment(ref _done);
        }
        catch (Exception e)
        {
            heart.Remove(lease);
            if (e is AggregateException several) e = several.Flatten().InnerExceptions[0];
            if (e is OperationCanceledException or DataException { IsOfPlace: true } || cancel.IsCancellationRequested)
            {
                GiveBack(lease);
                cancel.ThrowIfCancellationRequested();
                throw;
            }
            lease.Fail(Reason(e));
            lock (_lock) _failed.Add($"{work.Pieces[number].Name}: {Reason(e)}");
        }
    }

    private static void GiveBack(Lease lease)
    {
        try
        {
            lease.Release();
        }
        catch (DataException e) when (e.IsOfPlace)
        {
            // Then its silence has to tell.
        }
    }

    private static string Reason(Exception e) => e is DataException or UsageException ? e.Message : $"{e.GetType().Name}: {e.Message}";

    /// <summary>Progress that is told on as part of something larger.</summary>
    private sealed class Inner(Action<WorkProgress> tell) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => tell(value);
    }
}
