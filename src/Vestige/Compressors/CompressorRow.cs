using Vestige.Specs;

namespace Vestige.Compressors;

/// <summary>A kind of compressor in the registry: its name, its options, whether it is at hand.</summary>
/// <param name="Name">As on the command line: <c>jpeg</c>.</param>
/// <param name="Description">One line for <c>vestige codecs</c>.</param>
public abstract record CompressorRow(string Name, string Description) : SpecRow("compressor", Name, Description)
{
    /// <summary>Extension, without its dot, of the files that its codec writes.</summary>
    public Func<Spec, string> Extension { get; init; } = spec => spec.Row.Name;
}

/// <summary>A kind of compressor of one kind of item.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Description">One line for help.</param>
/// <param name="Make">Makes the compressor that a specification names, where the row is not absent.</param>
public sealed record CompressorRow<TItem>(string Name, string Description, Func<Spec, ICompressor<TItem>> Make)
    : CompressorRow(Name, Description)
{
    /// <summary>The compressor that a specification of this row names.</summary>
    /// <exception cref="SpecException">It cannot be used here; the message says why.</exception>
    public ICompressor<TItem> Create(Spec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return WhyAbsent() is { } why ? throw new SpecException($"\"{spec.Name}\": {Name} cannot be used here: {why}.") : Make(spec);
    }
}
