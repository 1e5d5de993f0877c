using System.Text.Json.Serialization;
using Vestige.Cli.Faults;
using Vestige.Cli.Runs;

namespace Vestige.Cli.Fleet;

/// <summary>A piece of work as the plan knows it.</summary>
/// <param name="Key">All that its result depends on, in hexadecimal digits.</param>
/// <param name="Name">In words.</param>
internal sealed record PlannedPiece(string Key, string Name);

/// <summary>What workers on any machine must agree on; <c>plan.json</c>.</summary>
/// <param name="Arguments">The audit or study, as it was typed.</param>
/// <param name="Folder">Where it was typed: paths are from there.</param>
/// <param name="Code">Builds and versions of all code that figures depend on.</param>
/// <param name="Source">What is audited.</param>
/// <param name="Heartbeat">Seconds from one sign of life of a worker to the next.</param>
/// <param name="Pieces">All pieces.</param>
internal sealed record FleetPlan(IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Code, SourceFacts Source, double Heartbeat,
    IReadOnlyList<PlannedPiece> Pieces)
{
    /// <summary>Signs of life that may be missed before a worker is taken for dead: what a network's file system keeps from its readers is a minute old at most.</summary>
    private const int Missed = 12;

    /// <summary>How long a reader must see no sign of life.</summary>
    [JsonIgnore]
    internal TimeSpan Patience => TimeSpan.FromSeconds(Missed * Heartbeat);

    /// <summary>Stops what would mix figures of two programs or of two sources.</summary>
    /// <param name="facts">What is here.</param>
    /// <param name="name">The folder of the plan.</param>
    /// <exception cref="DataException">It is not what was planned.</exception>
    internal void Refuse(RunFacts facts, string name)
    {
        string[] differences = [.. Code.Keys.Union(facts.Code.Keys).Order(StringComparer.Ordinal).Where(key => Code.GetValueOrDefault(key) != facts.Code.GetValueOrDefault(key))
            .Select(key => $"{key}: {facts.Code.GetValueOrDefault(key) ?? "none"} here, {Code.GetValueOrDefault(key) ?? "none"} there")];
        if (differences.Length > 0)
        {
            throw new DataException($"{name} was planned by another build of vestige or of what it uses ({string.Join("; ", differences)}), whose figures may differ: "
                + "use the same on all machines, or run 'vestige plan' again with this one");
        }
        if (facts.Source == Source) return;
        throw new DataException($"what is audited is not what it was when {name} was planned "
            + (facts.Source.Documents == Source.Documents ? "(some documents have other contents or names)" : $"({Source.Documents} documents then, {facts.Source.Documents} now)")
            + ": run 'vestige plan' again, with the same words; pieces that are the same are not done again");
    }
}

[JsonSerializable(typeof(FleetPlan))]
internal sealed partial class FleetJson : JsonSerializerContext;
