using Vestige.Cli.Faults;

namespace Vestige.Cli.Fleet.Leases;

/// <summary>What a worker finds when it asks for work.</summary>
/// <param name="Lease">A piece that is now its own; null where there is none to take.</param>
/// <param name="Left">Pieces that are neither done nor set aside, as far as is known: others are at them.</param>
/// <param name="Takeable">Those of them that whoever asked may take.</param>
internal readonly record struct Taken(Lease? Lease, int Left, int Takeable);

/// <summary>Who is at which piece. Every attempt at a piece is a file, made by one of those who try and written by him alone; a dead worker's attempt is left as it
/// is and another begun beside it.</summary>
/// <remarks>A worker is dead where a reader has watched the content of its file stay the same for as long as the plan says, by the reader's own clock: no two clocks
/// are compared. One who was taken for dead and lives does no harm: what it finds is the same, and is kept by content. Called from several threads.</remarks>
/// <param name="folder">The shared folder.</param>
/// <param name="me">What an attempt of this worker says of it.</param>
/// <param name="patience">How long a reader must see no sign of life.</param>
/// <param name="clock">The reader's own.</param>
internal sealed class LeaseBoard(FleetFolder folder, LeaseState me, TimeSpan patience, TimeProvider clock)
{
    /// <summary>So many workers may a piece cost; then it is set aside.</summary>
    internal const int MostLost = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Content, long Since)> _watched = [];
    private readonly HashSet<string> _finished = [];
    private Dictionary<string, int> _attempts = [];
    private List<string> _left = [];

    // Those of them that were not tried since the last look at the folder.
    private List<string> _round = [];

    /// <summary>Says which pieces there are, in the order in which this worker would take them.</summary>
    internal void Begin(IEnumerable<string> keys)
    {
        lock (_lock)
        {
            _left = [.. keys];
            Refresh();
        }
    }

    /// <summary>Takes the next piece that nobody is at.</summary>
    /// <param name="may">Whether it may be this one; null for any.</param>
    /// <exception cref="DataException">The folder is gone, full or read-only.</exception>
    internal Taken Take(Predicate<string>? may = null)
    {
        lock (_lock)
        {
            if (TakeKnown(may) is { } lease) return Found(lease);
            // The end of the list: what others did meanwhile is looked at, and what was passed over is tried again.
            Refresh();
            lease = TakeKnown(may);
            return Found(lease);
        }

        Taken Found(Lease? taken) => new(taken, _left.Count, may is null ? _left.Count : _left.Count(key => may(key)));
    }

    private Lease? TakeKnown(Predicate<string>? may)
    {
        for (int i = 0; i < _round.Count;)
        {
            string key = _round[i];
            if (may is not null && !may(key))
            {
                i++;
                continue;
            }
            _round.RemoveAt(i);
            if (!_finished.Contains(key) && TryTake(key) is { } lease) return lease;
        }
        return null;
    }

    /// <summary>Reads the folder: who has done what, and how many attempts there are.</summary>
    private void Refresh()
    {
        foreach (string mark in folder.Names(FleetFolder.Done).Concat(folder.Names(FleetFolder.Aside))) _finished.Add(mark);
        _attempts = AttemptsOf(folder);
        _left.RemoveAll(_finished.Contains);
        _round = [.. _left];
    }

    /// <summary>How many attempts at each piece there are.</summary>
    internal static Dictionary<string, int> AttemptsOf(FleetFolder folder)
    {
        Dictionary<string, int> attempts = [];
        foreach (string name in folder.Names(FleetFolder.Leases))
        {
            int dot = name.LastIndexOf('.');
            if (dot > 0 && int.TryParse(name.AsSpan(dot + 1), out int attempt)) attempts[name[..dot]] = Math.Max(attempts.GetValueOrDefault(name[..dot]), attempt);
        }
        return attempts;
    }

    private Lease? TryTake(string key)
    {
        int last = _attempts.GetValueOrDefault(key);
        if (last > 0 && !IsOver(key, last)) return null;
        List<LostAttempt> lost = Lost(key, last);
        if (lost.Count >= MostLost)
        {
            // Somebody may have done it after all.
            if (!folder.Has(FleetFolder.Done + key)) folder.Write(FleetFolder.Aside + key, new AsideMark(lost), MarkJson.Default.AsideMark);
            _finished.Add(key);
            return null;
        }
        _attempts[key] = last + 1;
        if (Lease.Begin(folder, key, last + 1, me with { Started = clock.GetUtcNow().ToString("u") }) is not { } lease) return null;
        lease.IsLast = lost.Count == MostLost - 1;
        if (!folder.Has(FleetFolder.Done + key)) return lease;
        // It was done between the look at the folder and now.
        lease.Clear();
        _finished.Add(key);
        return null;
    }

    /// <summary>Whether nobody is at an attempt any more.</summary>
    private bool IsOver(string key, int attempt)
    {
        string name = Lease.NameOf(key, attempt);
        byte[]? content = folder.Read(name);
        // Taken away by who has done the piece: the next look will tell.
        if (content is null) return false;
        if (FleetFolder.Parse(content, MarkJson.Default.LeaseState) is { State: not AttemptState.Running }) return true;
        string said = Convert.ToBase64String(content);
        if (_watched.TryGetValue(name, out (string Content, long Since) before) && before.Content == said) return clock.GetElapsedTime(before.Since) >= patience;
        _watched[name] = (said, clock.GetTimestamp());
        return false;
    }

    /// <summary>The attempts that cost a worker or failed, of a piece nobody is at.</summary>
    private List<LostAttempt> Lost(string key, int last)
    {
        var lost = new List<LostAttempt>();
        for (int attempt = 1; attempt <= last; attempt++)
        {
            LeaseState? state = folder.Read(Lease.NameOf(key, attempt), MarkJson.Default.LeaseState);
            if (state is { State: AttemptState.Released }) continue;
            lost.Add(new LostAttempt(state?.Worker ?? "unknown", state?.Host ?? "unknown", state?.Why ?? "the worker ended without a word, or was killed"));
        }
        return lost;
    }
}
