using System.Security.Cryptography;
using Vestige.Compressors;
using Vestige.Language.Coding;
using Vestige.Language.Learning;
using Vestige.Language.Registry;
using Vestige.Specs;

namespace Vestige.Language.CodedFiles;

/// <summary>What codes a file: a trained model, or a learner that begins with nothing and needs no model to decode.</summary>
public sealed class TextCoding
{
    private readonly ICodedText? _model;
    private readonly LearnerKind? _kind;
    private readonly IReadOnlyList<int> _settings = [];

    private TextCoding(string name, byte[] hash, ICodedText model) => (Name, Hash, _model) = (name, hash, model);

    private TextCoding(LearnerKind kind, IReadOnlyList<int> settings) => (Name, _kind, _settings) = (kind.Write(settings), kind, settings);

    /// <summary>The model's file, or the learner as it is written on the command line.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the model's file; null for a learner, which is known by its name.</summary>
    internal byte[]? Hash { get; }

    /// <summary>Learners, as rows with their options.</summary>
    public static IReadOnlyList<CompressorRow<Passage>> Learners { get; } =
        [.. TextModels.All.Where(kind => kind.Learner is not null).Select(kind => kind.Compressor with { Options = kind.Learner!.Options })];

    /// <summary>What an argument names: a learner, such as <c>cm</c> or <c>ppm:order=8</c>, or else a model's file (one that is called so is <c>./cm</c>).</summary>
    /// <exception cref="SpecException">A learner with options that it does not have.</exception>
    /// <exception cref="InvalidDataException">There is no such file, or it is no model; the message names it and says which.</exception>
    public static TextCoding Of(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        return OfLearner(argument) ?? OfModel(argument);
    }

    /// <summary>The learner of a name with its options; null where none has that name. Nothing is looked for on the disk.</summary>
    /// <exception cref="SpecException">It has no such options.</exception>
    internal static TextCoding? OfLearner(string written)
    {
        string name = WrittenSpec.Of(written).Name;
        if (TextModels.All.FirstOrDefault(row => row.Learner?.Name == name) is not { Learner: { } kind }) return null;
        IReadOnlyList<Spec> specs = Spec.Parse(written, Learners);
        return specs.Count == 1 ? new TextCoding(kind, kind.SettingsOf(specs[0])) : throw new SpecException($"\"{written}\" stands for {specs.Count} coders; give one.");
    }

    private static TextCoding OfModel(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
            throw new InvalidDataException($"{path} does not exist; name a file that vestige train wrote, or one of {string.Join(", ", Learners.Select(row => row.Name))}");
        if (TextModelFile.Read(path) is not ICodedText model)
            throw new InvalidDataException($"{path} is a model that codes no files; name one of another kind, or one of {string.Join(", ", Learners.Select(row => row.Name))}");
        using FileStream stream = File.OpenRead(path);
        return new TextCoding(path, SHA256.HashData(stream), model);
    }

    /// <summary>A coder of blocks.</summary>
    /// <param name="bytes">Bytes of the whole, as far as is known.</param>
    internal BlockCoder Open(long bytes) => new(_model, _kind?.Make(_settings, bytes));
}
