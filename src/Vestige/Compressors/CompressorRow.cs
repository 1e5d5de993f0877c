namespace Vestige.Compressors;

/// <summary>A kind of compressor in the registry: its name, its options, whether it is at hand.</summary>
/// <param name="Name">As on the command line: <c>jpeg</c>.</param>
/// <param name="Description">One line for <c>vestige codecs</c>.</param>
public abstract record CompressorRow(string Name, string Description)
{
    /// <summary>Its options, in the order in which names show them.</summary>
    public IReadOnlyList<OptionSpec> Options { get; init; } = [];

    /// <summary>For a compressor that takes a path, before its options if it has any, what kind: <c>DIR</c>, <c>FILE</c>; else null.</summary>
    public string? PathLabel { get; init; }

    /// <summary>Why it cannot be used here, or null. May try it out; call it when the answer is needed.</summary>
    public Func<string?> WhyAbsent { get; init; } = () => null;

    /// <summary>Name and version of the code behind it, or null for code of Vestige's own. Only where it is not absent.</summary>
    public Func<string?> Version { get; init; } = () => null;

    /// <summary>How it is written: <c>jpeg:q=1..100,chroma=420|444</c>, <c>samples:DIR</c>.</summary>
    public string Usage
    {
        get
        {
            string[] parts = [.. PathLabel is { } path ? [path] : Array.Empty<string>(), .. Options.Select(o => $"{o.Name}={o.Range}")];
            return parts.Length == 0 ? Name : $"{Name}:{string.Join(',', parts)}";
        }
    }
}

/// <summary>A kind of compressor of one kind of item.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Description">One line for help.</param>
/// <param name="Make">Makes the compressor that a specification names, where the row is not absent.</param>
public sealed record CompressorRow<TItem>(string Name, string Description, Func<CompressorSpec, ICompressor<TItem>> Make)
    : CompressorRow(Name, Description)
{
    /// <summary>The compressor that a specification of this row names.</summary>
    /// <exception cref="SpecException">It cannot be used here; the message says why.</exception>
    public ICompressor<TItem> Create(CompressorSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return WhyAbsent() is { } why ? throw new SpecException($"\"{spec.Name}\": {Name} cannot be used here: {why}.") : Make(spec);
    }
}
