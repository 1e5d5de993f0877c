using Vestige.Cli.Domains;
using Vestige.Files;
using Vestige.Sources;
using Vestige.Studies;

namespace Vestige.Cli.Studies;

/// <summary>What a study is asked for, as the user said it.</summary>
internal sealed record StudyOptions
{
    internal required string Source { get; init; }

    internal required string Compressor { get; init; }

    /// <summary>KEY=LEVEL,LEVEL each.</summary>
    internal required IReadOnlyList<string> Vary { get; init; }

    /// <summary>OPTION=VALUE each: the whole design is run at each of them; empty for once.</summary>
    internal IReadOnlyList<string> At { get; init; } = [];

    internal required int Blocks { get; init; }

    internal required DesignKind Design { get; init; }

    internal required int Cells { get; init; }

    /// <summary>Minutes that it may take; null for as long as it takes.</summary>
    internal double? Budget { get; init; }

    /// <summary>Say what would be run, and run no more than a pilot.</summary>
    internal bool PlanOnly { get; init; }

    internal required int Units { get; init; }

    internal long? Reserve { get; init; }

    internal string? View { get; init; }

    internal string? Scale { get; init; }

    internal TextFormat Reading { get; init; } = new();

    internal string? Json { get; init; }

    internal string? Out { get; init; }

    internal required ulong Seed { get; init; }

    internal required int Threads { get; init; }

    internal MemoryBudget? Memory { get; init; }

    /// <summary>Of a source of more documents so many are kept.</summary>
    internal int MostDocuments { get; init; } = ContentSample.Usual;

    /// <summary>What a plan knows of the files of its sources, so that they are not read again to know it; null for nothing.</summary>
    internal FileListing? Known { get; init; }
}
