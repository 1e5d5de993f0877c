using Vestige.Choices;

namespace Vestige.Audits;

/// <summary>Settings of an audit.</summary>
public sealed record AuditSettings
{
    /// <summary>As the user named the source.</summary>
    public required string SourceName { get; init; }

    /// <summary>The command line, for the result.</summary>
    public required string Command { get; init; }

    /// <summary>Seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>At most so many units in each sample.</summary>
    public required int Units { get; init; }

    /// <summary>Threads; no figure depends on it.</summary>
    public required int Threads { get; init; }

    /// <summary>What else decides which items a file holds: options of reading, versions of decoders. Work done under another is not taken up.</summary>
    public string Reading { get; init; } = "";

    /// <summary>What was done to the items before anything else ("reduced to 1/2"), so that the user's files are no measure of coded ones; else null.</summary>
    public string? Altered { get; init; }

    /// <summary>What a setting must be to be chosen; null for the default of the kind of items.</summary>
    public ChoiceRule? Choose { get; init; }

    /// <summary>Pairs of rows, by name or label, whose difference the user asked for: the first less the second.</summary>
    public IReadOnlyList<(string Row, string Less)> Compare { get; init; } = [];

    /// <summary>Version of the code behind each compressor, by the name before its options: "jpeg", "parrot".</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>For each row what it is a setting of; a row that is not named here is a family of its own.</summary>
    public IReadOnlyDictionary<string, string> Families { get; init; } = new Dictionary<string, string>();

    internal string FamilyOf(string row) => Families.GetValueOrDefault(row, row);
}
