using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Files;
using Vestige.Language.Sources;
using Vestige.Language.Strings;
using Vestige.Sources;

namespace Vestige.Cli.Options;

/// <summary>What the user asked <c>vestige audit</c> for.</summary>
internal sealed record AuditOptions
{
    internal string? Source { get; init; }

    internal required IReadOnlyList<string> Compressors { get; init; }

    internal string? Train { get; init; }

    internal string? HeldOut { get; init; }

    internal string? Scale { get; init; }

    /// <summary>How text is read, and what is dealt together: "file", "section" or a field of records; null: files where there are enough.</summary>
    internal TextFormat Reading { get; init; } = new();

    /// <summary>The field of the records of --train; null for that of all.</summary>
    internal string? TrainField { get; init; }

    internal string? HeldOutField { get; init; }

    internal string? SamplesField { get; init; }

    internal required int Units { get; init; }

    /// <summary>At most so many units in H; null for a multiple of <see cref="Units"/>.</summary>
    internal long? Reserve { get; init; }

    /// <summary>Whether groups are kept together however few; null where that depends on their number.</summary>
    internal bool? ByGroup => Reading.Group switch
    {
        null => null,
        TextOptions.BySection => false,
        _ => true,
    };

    /// <summary>How it is tried to get T out of models.</summary>
    internal ExtractionPlan Extraction { get; init; } = new();

    internal string? View { get; init; }

    /// <summary>Whether reconstructions are compared with their originals.</summary>
    internal bool Paired { get; init; } = true;

    /// <summary>What a setting must be to be chosen; null for the default.</summary>
    internal string? Choose { get; init; }

    /// <summary>Pairs of rows, each as "a,b".</summary>
    internal IReadOnlyList<string> Compare { get; init; } = [];

    /// <summary>The model that the others are held against; null for none.</summary>
    internal string? Against { get; init; }

    internal required IReadOnlyList<string> Gates { get; init; }

    internal string? Json { get; init; }

    internal string? Out { get; init; }

    internal required ulong Seed { get; init; }

    internal required int Threads { get; init; }

    /// <summary>What all pictures that are open at once may take, of all sources together; null for no limit.</summary>
    internal MemoryBudget? Memory { get; init; }

    /// <summary>Of a source of more documents so many are kept.</summary>
    internal int MostDocuments { get; init; } = ContentSample.Usual;

    /// <summary>What a plan knows of the files of its sources, so that they are not read again to know it; null for nothing.</summary>
    internal FileListing? Known { get; init; }

    /// <summary>The folders and files that are read as sources.</summary>
    internal IEnumerable<string> Sources => new[] { Source, Train, HeldOut }.OfType<string>();

    /// <summary>Nothing is named: the default audit is meant.</summary>
    internal bool IsDefault => Source is null && Train is null && HeldOut is null && Compressors.Count == 0;

    /// <summary>The source as results and messages call it.</summary>
    internal string SourceName => Source ?? $"{Train} (trained on), {HeldOut} (held out)";

    /// <summary>The same with the first word given its meaning: a source, or the first compressor where the samples are named apart.</summary>
    /// <exception cref="UsageException">Samples are named in no way, or in two.</exception>
    internal AuditOptions Resolved()
    {
        if (Train is null && HeldOut is null)
        {
            return Source is null ? throw new UsageException("name what to audit: a folder of images, or --train DIR with --heldout DIR")
                : CompressorChoice.IsCompressor(Source) && !Path.Exists(Source)
                    ? throw new UsageException($"{Source} is a compressor; name a folder of images before it, or --train DIR with --heldout DIR")
                : this;
        }
        if (Train is null || HeldOut is null)
            throw new UsageException($"{(Train is null ? "--heldout" : "--train")} needs {(Train is null ? "--train" : "--heldout")} DIR beside it");
        if (Source is null) return this;
        return CompressorChoice.IsCompressor(Source) ? this with { Source = null, Compressors = [Source, .. Compressors] }
            : throw new UsageException($"{Source} cannot be audited beside --train and --heldout: they replace the dealing of a source; leave one out");
    }
}
