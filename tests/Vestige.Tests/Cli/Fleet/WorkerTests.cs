using System.Diagnostics;
using Vestige.Cli.Faults;
using Vestige.Cli.Fleet;
using Vestige.Cli.Fleet.Leases;
using Vestige.Cli.Runs;
using Vestige.Compressors;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli.Fleet;

public sealed class WorkerTests : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    private FleetFolder Folder()
    {
        var folder = new FleetFolder(Path.Combine(_home.Path, "shared"));
        foreach (string name in new[] { FleetFolder.Leases, FleetFolder.Done, FleetFolder.Aside }) Directory.CreateDirectory(folder.At(name));
        return folder;
    }

    /// <summary>Pieces of which a test says what they do.</summary>
    private sealed class Pieces(int count, int atOnce, Action<int> work) : IFleetWork
    {
        public RunFacts Facts { get; } = new(new SourceFacts(0, ""), new Dictionary<string, string>());

        IReadOnlyList<PlannedPiece> IFleetWork.Pieces { get; } = [.. Enumerable.Range(0, count).Select(i => new PlannedPiece($"{i:x8}", $"piece {i}"))];

        public int AtOnce => atOnce;

        public Predicate<int> Large { get; init; } = _ => false;

        public bool IsLarge(int piece) => Large(piece);

        public void TakeUp() { }

        public IReadOnlyList<PieceFigure> Do(int piece, IProgress<WorkProgress> progress, CancellationToken cancel)
        {
            work(piece);
            return [];
        }

        public void Dispose() { }
    }

    private static WorkerReport Run(FleetFolder folder, IFleetWork work, double heartbeat = 10) => Until(folder, work, heartbeat, TestContext.Current.CancellationToken);

    private static WorkerReport Until(FleetFolder folder, IFleetWork work, double heartbeat, CancellationToken cancel)
    {
        var plan = new FleetPlan([], "", work.Facts.Code, work.Facts.Source, heartbeat, work.Pieces);
        return new Worker(work, folder, plan, new LeaseState("me", "here", 1, "", 0, AttemptState.Running)).Run(0, new Progress<WorkProgress>(), cancel);
    }

    [Fact]
    public void Ten_thousand_pieces_of_nothing_are_each_done_once()
    {
        FleetFolder folder = Folder();
        int[] times = new int[10_000];
        Pieces work = new(times.Length, 4, i => Interlocked.Increment(ref times[i]));
        Assert.Equal(times.Length, Run(folder, work).Done);
        Assert.All(times, count => Assert.Equal(1, count));
        Assert.Equal(times.Length, folder.Names(FleetFolder.Done).Count);
        Assert.Empty(folder.Names(FleetFolder.Leases));
        // Another finds nothing to do, and no pieces at all are none.
        Assert.Equal(0, Run(folder, work).Done);
        Assert.Equal(0, Run(folder, new Pieces(0, 4, _ => { })).Done);
    }

    [Fact]
    public void A_piece_that_fails_each_time_is_set_aside_with_its_reason_and_the_others_are_done()
    {
        FleetFolder folder = Folder();
        int tried = 0;
        WorkerReport report = Run(folder, new Pieces(5, 1, i =>
        {
            if (i != 2) return;
            tried++;
            throw new DataException("there is no such thing");
        }));
        Assert.Equal((4, 3, LeaseBoard.MostLost), (report.Done, report.Failed.Count, tried));
        Assert.All(report.Failed, failed => Assert.Equal("piece 2: there is no such thing", failed));
        Assert.Equal(["00000002"], folder.Names(FleetFolder.Aside));
    }

    [Fact]
    public void A_folder_that_vanishes_ends_the_worker_and_blames_no_piece()
    {
        FleetFolder folder = Folder();
        DataException gone = Assert.Throws<DataException>(() => Run(folder, new Pieces(5, 1, i =>
        {
            if (i == 1) Directory.Delete(folder.Path, recursive: true);
        })));
        Assert.Contains("it is not there any more", gone.Message, StringComparison.Ordinal);
        Assert.Contains("'vestige work' goes on", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_vanishes_during_a_long_piece_stops_it()
    {
        FleetFolder folder = Folder();
        var watch = Stopwatch.StartNew();
        // Beats of 0.05 s: after six that could not be written (half of twelve) the worker gives up. A minute is the test's own limit.
        Assert.Throws<DataException>(() => Run(folder, new Stubborn(folder), 0.05));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    private sealed class Stubborn(FleetFolder folder) : IFleetWork
    {
        public RunFacts Facts { get; } = new(new SourceFacts(0, ""), new Dictionary<string, string>());

        public IReadOnlyList<PlannedPiece> Pieces { get; } = [new("00", "long")];

        public int AtOnce => 1;

        public bool IsLarge(int piece) => false;

        public void TakeUp() { }

        public IReadOnlyList<PieceFigure> Do(int piece, IProgress<WorkProgress> progress, CancellationToken cancel)
        {
            Directory.Delete(folder.Path, recursive: true);
            if (!cancel.WaitHandle.WaitOne(TimeSpan.FromMinutes(2))) throw new TimeoutException();
            cancel.ThrowIfCancellationRequested();
            return [];
        }

        public void Dispose() { }
    }

    [Fact]
    public void Asked_to_end_it_gives_back_what_it_is_at()
    {
        FleetFolder folder = Folder();
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Until(folder, new Pieces(3, 1, i =>
        {
            if (i != 1) return;
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
        }), 10, stop.Token));
        Assert.Equal(AttemptState.Released, folder.Read(Lease.NameOf("00000001", 1), MarkJson.Default.LeaseState)!.State);
        Assert.Equal(2, Run(folder, new Pieces(3, 1, _ => { })).Done);
    }

    [Fact]
    public void Lanes_end_with_the_last_piece_however_slow_the_heart()
    {
        var watch = Stopwatch.StartNew();
        // Two lanes have nothing left to take while the third is at the last piece; by themselves they would look again after five seconds.
        Run(Folder(), new Pieces(3, 3, i => Thread.Sleep(i == 2 ? 500 : 0)), 1000);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.4, 4.5);
    }

    [Fact]
    public void Of_large_pieces_one_is_done_at_a_time_beside_small_ones()
    {
        int large = 0, most = 0, small = 0;
        // Each piece of the first lane lasts until the other has done something, so that the test ends only where both work: a minute is its own limit.
        using var seen = new CountdownEvent(4);
        WorkerReport report = Run(Folder(), new Pieces(12, 3, i =>
        {
            if (i % 3 != 0)
            {
                if (Interlocked.Increment(ref small) <= 4) seen.Signal();
                return;
            }
            most = Math.Max(most, Interlocked.Increment(ref large));
            Assert.True(seen.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
            Interlocked.Decrement(ref large);
        })
        { Large = i => i % 3 == 0 });
        Assert.Equal((12, 0, 1), (report.Done, report.Failed.Count, most));
    }

    [Fact]
    public void The_last_attempt_at_a_piece_is_made_while_nothing_else_is_held()
    {
        FleetFolder folder = Folder();
        for (int attempt = 1; attempt < LeaseBoard.MostLost; attempt++)
            Lease.Begin(folder, "00000007", attempt, new LeaseState("another", "there", 1, "", 0, AttemptState.Running))!.Fail("it cost a worker");
        int tried = 0, held = 0, together = 0;
        WorkerReport report = Run(folder, new Pieces(40, 4, i =>
        {
            int beside = Interlocked.Increment(ref held);
            try
            {
                if (i != 7)
                {
                    Thread.Sleep(2);
                    return;
                }
                Interlocked.Increment(ref tried);
                if (beside > 1 || folder.Names(FleetFolder.Leases).Any(name => !name.StartsWith("00000007", StringComparison.Ordinal)))
                    Interlocked.Increment(ref together);
                throw new DataException("no");
            }
            finally
            {
                Interlocked.Decrement(ref held);
            }
        }));
        Assert.Equal((39, 1, 0), (report.Done, tried, together));
        Assert.Equal(["00000007"], folder.Names(FleetFolder.Aside));
    }

    [Fact]
    public void Several_workers_share_and_wait_for_each_other()
    {
        FleetFolder folder = Folder();
        int[] times = new int[60];
        var done = new WorkerReport[4];
        SideBySide.Run(done.Length, worker =>
            done[worker] = Run(folder, new Pieces(times.Length, 1, i =>
            {
                Interlocked.Increment(ref times[i]);
                Thread.Sleep(5);
            }), 0.2));
        Assert.All(times, count => Assert.Equal(1, count));
        Assert.Equal(times.Length, done.Sum(report => report.Done));
        // Who ends does so when all is done, not when nothing is left to take.
        Assert.Equal(times.Length, folder.Names(FleetFolder.Done).Count);
    }
}
