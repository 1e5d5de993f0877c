namespace Vestige.Specs;

/// <summary>What may be written on the command line as <c>name:option=value</c>: its name, its options, whether it is at hand.</summary>
/// <param name="Noun">What it is called in messages: <c>compressor</c>, <c>world</c>.</param>
/// <param name="Name">As on the command line: <c>jpeg</c>.</param>
/// <param name="Description">One line for help.</param>
public record SpecRow(string Noun, string Name, string Description)
{
    /// <summary>Its options, in the order in which names show them.</summary>
    public IReadOnlyList<OptionSpec> Options { get; init; } = [];

    /// <summary>For what takes a path, before its options if it has any, what kind: <c>DIR</c>, <c>FILE</c>; else null.</summary>
    public string? PathLabel { get; init; }

    /// <summary>Whether the first option must be given, and is written as a value alone: <c>chars:8</c>.</summary>
    public bool FirstIsBare { get; init; }

    /// <summary>What stands between the name and the options.</summary>
    public char Separator { get; init; } = ':';

    /// <summary>Why it cannot be used here, or null. May try it out; call it when the answer is needed.</summary>
    public Func<string?> WhyAbsent { get; init; } = () => null;

    /// <summary>Name and version of the code behind it, or null for code of Vestige's own. Only where it is not absent.</summary>
    public Func<string?> Version { get; init; } = () => null;

    /// <summary>How it is written: <c>jpeg:q=1..100,chroma=420|444</c>, <c>samples:DIR</c>, <c>chars:1..64</c>.</summary>
    public string Usage
    {
        get
        {
            string[] parts = [.. PathLabel is { } path ? [path] : Array.Empty<string>(), .. Options.Select((o, i) => FirstIsBare && i == 0 ? o.Range : $"{o.Name}={o.Range}")];
            return parts.Length == 0 ? Name : $"{Name}{Separator}{string.Join(',', parts)}";
        }
    }
}
