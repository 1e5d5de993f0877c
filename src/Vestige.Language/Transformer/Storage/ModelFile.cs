using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vestige.Language.Transformer.Training;

namespace Vestige.Language.Transformer.Storage;

/// <summary>Models and checkpoints as files: tensors, and beside them our own JSON.</summary>
internal static class ModelFile
{
    // To be raised when older programs would misread newer files.
    private const int Version = 1;

    private const string Format = "vestige.transformer";

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes a model.</summary>
    internal static void Write(Stream to, Gpt model)
    {
        SafeTensors.Write(to, Metadata(model.Options, model.Documents, model.History), [.. Tensors("", model.Table, model.Values)]);
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">The file is not a model, is damaged or newer than this program; the message names it and says which.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static Gpt Read(string path)
    {
        using var file = SafeTensors.Open(path);
        GptOptions options = Options(file);
        var table = new ParameterTable(options);
        foreach (Tensor tensor in table.Tensors) file.Check(tensor.Name, tensor.Shape);
        float[] values = new float[table.Length];
        Fill(file, "", table, values);
        return new Gpt(options, values, Documents(file), History(file));
    }

    /// <summary>Writes where a run stands.</summary>
    internal static void WriteCheckpoint(Stream to, Trainer trainer)
    {
        Dictionary<string, string> metadata = Metadata(trainer.Options, trainer.Documents, trainer.History);
        metadata["state"] = JsonSerializer.Serialize(trainer.State, s_json);
        ParameterTable table = trainer.Weights.Table;
        SafeTensors.Write(to, metadata,
        [
            .. Tensors("", table, trainer.Weights.Values),
            .. Tensors("best.", table, trainer.BestWeights),
            .. Tensors("first.", table, trainer.Optimizer.First),
            .. Tensors("second.", table, trainer.Optimizer.Second),
        ]);
    }

    /// <summary>Takes up a run.</summary>
    /// <param name="path">A checkpoint.</param>
    /// <param name="text">The text it was trained on.</param>
    /// <exception cref="InvalidDataException">The file is not a checkpoint, or is of another text; the message says which.</exception>
    internal static Trainer ReadCheckpoint(string path, ITrainingText text)
    {
        using var file = SafeTensors.Open(path);
        GptOptions options = Options(file);
        if (!file.Metadata.TryGetValue("state", out string? json)) throw file.Bad("it is a model, not a checkpoint: there is nothing to resume");
        TrainingState state = Parse<TrainingState>(file, json);
        IReadOnlyList<UInt128> now = text.Contents;
        if (!now.SequenceEqual(Documents(file)))
        {
            throw file.Bad($"it was trained on {Documents(file).Length} documents, and those given now ({now.Count}) are not the same. Give the same text, or start anew");
        }

        var table = new ParameterTable(options);
        foreach (Tensor tensor in table.Tensors) file.Check(tensor.Name, tensor.Shape);
        var trainer = new Trainer(options, text);
        Fill(file, "", table, trainer.Weights.Values.Span);
        Fill(file, "best.", table, trainer.BestWeights.Span);
        Fill(file, "first.", table, trainer.Optimizer.First.Span);
        Fill(file, "second.", table, trainer.Optimizer.Second.Span);
        trainer.Restore(state, History(file));
        return trainer;
    }

    private static Dictionary<string, string> Metadata(GptOptions options, IReadOnlyList<UInt128> documents, IReadOnlyList<Milestone> history) => new()
    {
        ["format"] = Format,
        ["version"] = Version.ToString(CultureInfo.InvariantCulture),
        ["options"] = JsonSerializer.Serialize(options, s_json),
        ["documents"] = JsonSerializer.Serialize(documents.Select(hash => hash.ToString("x32", CultureInfo.InvariantCulture)), s_json),
        ["history"] = JsonSerializer.Serialize(history, s_json),
    };

    private static GptOptions Options(SafeTensors file)
    {
        if (!file.Metadata.TryGetValue("format", out string? format) || format != Format) throw file.Bad("it holds tensors, but not a model of ours");
        if (!int.TryParse(file.Metadata.GetValueOrDefault("version"), CultureInfo.InvariantCulture, out int version) || version < 1) throw file.Bad("it does not say which version it is");
        if (version > Version) throw file.Bad($"it is of version {version}, and this program reads versions up to {Version}. Use a newer vestige");
        GptOptions options = Parse<GptOptions>(file, file.Metadata.GetValueOrDefault("options", ""));
        try
        {
            options.Validate();
        }
        catch (ArgumentException e)
        {
            throw file.Bad($"its settings are impossible: {e.Message}");
        }

        return options;
    }

    private static UInt128[] Documents(SafeTensors file)
    {
        try
        {
            return [.. Parse<string[]>(file, file.Metadata.GetValueOrDefault("documents", "")).Select(hash => UInt128.Parse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw file.Bad("its list of documents is not one of hashes");
        }
    }

    private static Milestone[] History(SafeTensors file) => Parse<Milestone[]>(file, file.Metadata.GetValueOrDefault("history", ""));

    private static T Parse<T>(SafeTensors file, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, s_json) ?? throw file.Bad($"its {typeof(T).Name} is empty");
        }
        catch (JsonException e)
        {
            throw file.Bad($"its {typeof(T).Name} cannot be read ({e.Message})");
        }
    }

    private static IEnumerable<StoredTensor> Tensors(string prefix, ParameterTable table, ReadOnlyMemory<float> values)
    {
        return table.Tensors.Select(tensor => new StoredTensor(prefix + tensor.Name, tensor.Shape, values.Slice(tensor.Offset, tensor.Length)));
    }

    private static void Fill(SafeTensors file, string prefix, ParameterTable table, Span<float> values)
    {
        foreach (Tensor tensor in table.Tensors) file.Read(prefix + tensor.Name, tensor.Shape, tensor.In(values));
    }
}
