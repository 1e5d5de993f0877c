using System.Collections.Concurrent;
using Vestige.Cli.Fleet.Leases;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli.Fleet;

public sealed class LeaseBoardTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly TempFolder _home = new();
    private readonly FleetFolder _folder;

    public LeaseBoardTests()
    {
        _folder = new FleetFolder(_home.Path);
        foreach (string name in new[] { FleetFolder.Leases, FleetFolder.Done, FleetFolder.Aside }) Directory.CreateDirectory(_folder.At(name));
    }

    public void Dispose() => _home.Dispose();

    /// <summary>A clock that goes when it is told to, and shows whatever time of day.</summary>
    private sealed class Watch(TimeSpan off = default) : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + off + TimeSpan.FromTicks(_ticks);

        internal void Go(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }

    private LeaseBoard Board(string name, TimeProvider clock, params string[] keys)
    {
        var board = new LeaseBoard(_folder, new LeaseState(name, "host-of-" + name, 1, "", 0, AttemptState.Running), s_patience, clock);
        board.Begin(keys);
        return board;
    }

    /// <summary>Takes, waits until the reader has lost its patience, and takes again.</summary>
    private static Lease? TakeAfterPatience(LeaseBoard board, Watch clock)
    {
        if (board.Take().Lease is { } at) return at;
        clock.Go(s_patience.TotalSeconds);
        return board.Take().Lease;
    }

    [Fact]
    public void A_piece_that_is_held_is_nobody_elses_while_its_heart_beats()
    {
        var clock = new Watch();
        Lease held = Board("one", new Watch(), "a").Take().Lease!;
        LeaseBoard other = Board("two", clock, "a");
        // Ten times as long as it would wait for a dead one.
        for (int beat = 0; beat < 20; beat++)
        {
            Assert.Equal(new Taken(null, 1, 1), other.Take());
            clock.Go(s_patience.TotalSeconds / 2);
            held.Beat();
        }
        clock.Go(s_patience.TotalSeconds * 0.99);
        Assert.Null(other.Take().Lease);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void A_dead_workers_piece_is_taken_again_whatever_the_clocks_say(int seconds)
    {
        Lease dead = Board("one", new Watch(), "a").Take().Lease!;
        File.SetLastWriteTimeUtc(_folder.At(Lease.NameOf("a", 1)), DateTime.UtcNow.AddSeconds(seconds));
        var clock = new Watch(TimeSpan.FromSeconds(seconds));
        LeaseBoard other = Board("two", clock, "a");
        Assert.Null(other.Take().Lease);
        clock.Go(s_patience.TotalSeconds - 1);
        Assert.Null(other.Take().Lease);
        clock.Go(1);
        Lease taken = other.Take().Lease!;
        Assert.Equal((dead.Key, 2), (taken.Key, taken.Attempt));
    }

    [Fact]
    public void A_piece_that_cost_three_workers_is_set_aside_and_they_are_named()
    {
        foreach (string name in new[] { "one", "two", "three" })
        {
            var clock = new Watch();
            Assert.NotNull(TakeAfterPatience(Board(name, clock, "a"), clock));
        }
        var late = new Watch();
        LeaseBoard fourth = Board("four", late, "a");
        Assert.Null(TakeAfterPatience(fourth, late));
        Assert.Equal(new Taken(null, 0, 0), fourth.Take());
        AsideMark mark = _folder.Read(FleetFolder.Aside + "a", MarkJson.Default.AsideMark)!;
        Assert.Equal(["one", "two", "three"], mark.Lost.Select(lost => lost.Worker));
        Assert.All(mark.Lost, lost => Assert.Contains("killed", lost.Why, StringComparison.Ordinal));
        Assert.Equal(new Taken(null, 0, 0), Board("five", new Watch(), "a").Take());
    }

    [Fact]
    public void What_is_given_back_can_be_taken_at_once_and_costs_nobody()
    {
        for (int times = 0; times < 10; times++) Board("one", new Watch(), "a").Take().Lease!.Release();
        Assert.Equal(11, Board("two", new Watch(), "a").Take().Lease!.Attempt);
    }

    [Fact]
    public void A_failure_is_told_and_counts()
    {
        for (int times = 1; times <= 3; times++) Board("one", new Watch(), "a").Take().Lease!.Fail($"reason {times}");
        Assert.Equal(new Taken(null, 0, 0), Board("two", new Watch(), "a").Take());
        Assert.Equal(["reason 1", "reason 2", "reason 3"], _folder.Read(FleetFolder.Aside + "a", MarkJson.Default.AsideMark)!.Lost.Select(lost => lost.Why));
    }

    [Fact]
    public void A_worker_killed_before_it_said_who_it_is_is_dead_like_any_other()
    {
        File.WriteAllText(_folder.At(Lease.NameOf("a", 1)), "");
        var clock = new Watch();
        Assert.Equal(2, TakeAfterPatience(Board("two", clock, "a"), clock)!.Attempt);
    }

    [Fact]
    public void One_taken_for_dead_may_still_finish()
    {
        var clock = new Watch();
        Lease slow = Board("slow", new Watch(), "a").Take().Lease!;
        LeaseBoard other = Board("two", clock, "a");
        Lease second = TakeAfterPatience(other, clock)!;
        _folder.Write(FleetFolder.Done + "a", [1], lasting: true);
        slow.Clear();
        // The second's own file is left alone by the first.
        second.Beat();
        Assert.Equal(new Taken(null, 0, 0), Board("three", new Watch(), "a").Take());
    }

    [Fact]
    public void Every_piece_is_taken_once_however_many_ask()
    {
        string[] keys = [.. Enumerable.Range(0, 200).Select(i => $"{i:x4}")];
        var taken = new ConcurrentBag<string>();
        SideBySide.Run(8, worker =>
        {
            LeaseBoard board = Board($"w{worker}", new Watch(), [.. keys.Skip(25 * worker), .. keys.Take(25 * worker)]);
            while (board.Take().Lease is { } lease) taken.Add(lease.Key);
        });
        Assert.Equal(keys, taken.Order(StringComparer.Ordinal));
    }
}
