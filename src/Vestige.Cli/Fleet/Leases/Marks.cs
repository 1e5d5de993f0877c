using System.Text.Json.Serialization;

namespace Vestige.Cli.Fleet.Leases;

/// <summary>How an attempt at a piece stands.</summary>
internal enum AttemptState
{
    /// <summary>Somebody is at it, or died at it: whether the beat goes on tells.</summary>
    Running,

    /// <summary>Given back by a worker that was asked to end.</summary>
    Released,

    /// <summary>The piece could not be done; its worker lives.</summary>
    Failed,
}

/// <summary>Content of the file of an attempt. A worker writes only to files of its own attempts.</summary>
/// <param name="Worker">Who is at it.</param>
/// <param name="Host">On which machine.</param>
/// <param name="Process">Its number there.</param>
/// <param name="Started">When, by the clock of that machine; for people, nothing is decided by it.</param>
/// <param name="Beat">Counts up while the worker lives.</param>
/// <param name="State">How it stands.</param>
internal sealed record LeaseState(string Worker, string Host, int Process, string Started, long Beat, AttemptState State)
{
    /// <summary>Why it failed.</summary>
    public string? Why { get; init; }
}

/// <summary>An attempt that came to nothing.</summary>
/// <param name="Worker">Who was at it; "unknown" where it died before it said.</param>
/// <param name="Host">On which machine.</param>
/// <param name="Why">What is known of the cause.</param>
internal sealed record LostAttempt(string Worker, string Host, string Why);

/// <summary>That a piece is set aside, and nobody takes it any more.</summary>
/// <param name="Lost">The attempts that came to nothing.</param>
internal sealed record AsideMark(IReadOnlyList<LostAttempt> Lost);

/// <summary>A figure of a piece, so that what is known so far can be told: a ratio of sums over pieces.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Of the ratio.</param>
/// <param name="Sum">What is divided.</param>
/// <param name="Size">By what.</param>
internal sealed record PieceFigure(string Name, string Unit, double Sum, double Size);

/// <summary>That a piece is done.</summary>
/// <param name="Worker">By whom.</param>
/// <param name="Host">On which machine.</param>
/// <param name="Attempt">Number of the attempt, from 1.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Figures">What it gave, for those who ask before all is done.</param>
internal sealed record DoneMark(string Worker, string Host, int Attempt, double Seconds, IReadOnlyList<PieceFigure> Figures);

[JsonSerializable(typeof(LeaseState))]
[JsonSerializable(typeof(DoneMark))]
[JsonSerializable(typeof(AsideMark))]
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UseStringEnumConverter = true)]
internal sealed partial class MarkJson : JsonSerializerContext;
