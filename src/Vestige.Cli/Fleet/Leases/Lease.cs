using System.Text.Json;

namespace Vestige.Cli.Fleet.Leases;

/// <summary>An attempt at a piece that this process holds: a file of its own, in which a count goes up while the process lives.</summary>
internal sealed class Lease
{
    private readonly FleetFolder _folder;
    private readonly Lock _lock = new();
    private LeaseState _state;
    private bool _ended;

    private Lease(FleetFolder folder, string key, int attempt, LeaseState state) => (_folder, Key, Attempt, _state) = (folder, key, attempt, state);

    /// <summary>The piece.</summary>
    internal string Key { get; }

    /// <summary>Counted from 1.</summary>
    internal int Attempt { get; }

    /// <summary>Whether the piece is set aside if this attempt fails or costs its worker too.</summary>
    internal bool IsLast { get; set; }

    internal static string NameOf(string key, int attempt) => $"{FleetFolder.Leases}{key}.{attempt}";

    /// <summary>Begins an attempt; null where somebody else has begun it.</summary>
    internal static Lease? Begin(FleetFolder folder, string key, int attempt, LeaseState state) =>
        folder.Create(NameOf(key, attempt), Bytes(state)) ? new Lease(folder, key, attempt, state) : null;

    /// <summary>Shows that this process lives.</summary>
    internal void Beat() => Put(state => state with { Beat = state.Beat + 1 }, ends: false);

    /// <summary>Gives the piece back: whoever comes may take it at once.</summary>
    internal void Release() => Put(state => state with { State = AttemptState.Released }, ends: true);

    /// <summary>Says that the piece could not be done.</summary>
    internal void Fail(string why) => Put(state => state with { State = AttemptState.Failed, Why = why }, ends: true);

    /// <summary>The piece is done: nothing of the attempts is needed any more.</summary>
    internal void Clear()
    {
        lock (_lock) _ended = true;
        for (int attempt = 1; attempt <= Attempt; attempt++) _folder.Delete(NameOf(Key, attempt));
    }

    private void Put(Func<LeaseState, LeaseState> change, bool ends)
    {
        lock (_lock)
        {
            if (_ended) return;
            _state = change(_state);
            _ended = ends;
            _folder.Write(NameOf(Key, Attempt), Bytes(_state), lasting: false);
        }
    }

    private static byte[] Bytes(LeaseState state) => JsonSerializer.SerializeToUtf8Bytes(state, MarkJson.Default.LeaseState);
}
