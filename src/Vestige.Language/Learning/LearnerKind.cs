using System.Globalization;
using Vestige.Language.Coding;
using Vestige.Language.Sequential;
using Vestige.Specs;

namespace Vestige.Language.Learning;

/// <summary>A kind of model that learns as it reads: what tells one from another, so that training, files and drawing are written once.</summary>
internal abstract class LearnerKind
{
    /// <summary>As on the command line: <c>ppm</c>.</summary>
    internal abstract string Name { get; }

    /// <summary>One line for help.</summary>
    internal abstract string Description { get; }

    /// <summary>Its options.</summary>
    internal abstract IReadOnlyList<OptionSpec> Options { get; }

    /// <summary>What the model is made with: whole numbers, each within its option's range, in the order of <see cref="Options"/>.</summary>
    internal IReadOnlyList<int> SettingsOf(Spec spec) => [.. Options.Select(option => spec.WholeNumber(option.Name))];

    /// <summary>Whether settings, read from a file, are within their ranges.</summary>
    internal bool Allows(IReadOnlyList<int> settings) =>
        settings.Count == Options.Count && settings.Zip(Options).All(pair => pair.First >= pair.Second.Minimum && pair.First <= pair.Second.Maximum);

    /// <summary>A model that knows nothing.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="bytes">Bytes that it is going to learn and read, as far as is known; part of what it is.</param>
    internal abstract ILearner Make(IReadOnlyList<int> settings, long bytes);

    /// <summary>Version of its models' files: to be raised when it would learn otherwise from the same T, or when older programs would misread them.</summary>
    internal virtual int Version => 1;

    /// <summary>A reader by a model that has learnt; more of them may read at once, and none changes the model.</summary>
    internal abstract ITextReader Open(ILearner learnt);

    /// <summary>Readers that fit into memory beside each other.</summary>
    internal virtual int MostReaders(ILearner learnt) => Environment.ProcessorCount;

    /// <summary>What a model with these settings is, for people.</summary>
    internal abstract string Summary(IReadOnlyList<int> settings);

    /// <summary>As written on the command line, with every option: <c>ppm:order=8,memory=256</c>.</summary>
    internal string Write(IReadOnlyList<int> settings) => Options.Count == 0 ? Name
        : $"{Name}:{string.Join(',', Options.Zip(settings, (option, value) => string.Create(CultureInfo.InvariantCulture, $"{option.Name}={value}")))}";
}
