using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Training;

namespace Vestige.Language.Transformer.Storage;

/// <summary>Models and checkpoints as files: tensors, and beside them our own JSON.</summary>
internal static class ModelFile
{
    // To be raised when older programs would misread newer files.
    private const int Version = 1;

    /// <summary>Without a checksum nothing else tells a weight from a damaged one. Products of such numbers stay within single precision, and
    /// Muon and Adam move a weight by about the learning rate a step, against its decay.</summary>
    private const float LargestWeight = 10_000;

    private const string Format = "vestige.transformer";

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        AllowDuplicateProperties = false,
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
        // Notes first: what is wrong in one is named, where a checksum would only say that something is.
        UInt128[] documents = Documents(file);
        Milestone[] history = History(file);
        bool verified = file.Verify();
        Fill(file, "", table, values, verified);
        return new Gpt(options, values, documents, history) { Verified = verified };
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
    /// <param name="agree">Given its settings before anything is made by them; throws where they are not those wanted.</param>
    /// <exception cref="InvalidDataException">The file is not a checkpoint, or is of another text; the message says which.</exception>
    internal static Trainer ReadCheckpoint(string path, ITrainingText text, Action<GptOptions>? agree = null)
    {
        using var file = SafeTensors.Open(path);
        GptOptions options = Options(file);
        if (!file.Metadata.TryGetValue("state", out string? json)) throw file.Bad("it is a model, not a checkpoint: there is nothing to resume");
        TrainingState state = Parse<TrainingState>(file, "state", json);
        if (state.Fault is { } fault) throw file.Bad($"its state has {fault}");
        agree?.Invoke(options);
        IReadOnlyList<UInt128> now = text.Contents;
        if (!now.SequenceEqual(Documents(file)))
        {
            throw file.Bad($"it was trained on {Documents(file).Length} documents, and those given now ({now.Count}) are not the same. Give the same text, or start anew");
        }

        var table = new ParameterTable(options);
        foreach (Tensor tensor in table.Tensors) file.Check(tensor.Name, tensor.Shape);
        Milestone[] history = History(file);
        bool verified = file.Verify();
        var trainer = new Trainer(options, text);
        Fill(file, "", table, trainer.Weights.Values.Span, verified);
        Fill(file, "best.", table, trainer.BestWeights.Span, verified);
        Fill(file, "first.", table, trainer.Optimizer.First.Span, verified: true);
        Fill(file, "second.", table, trainer.Optimizer.Second.Span, verified: true);
        trainer.Restore(state, history);
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
        if (!int.TryParse(file.Metadata.GetValueOrDefault("version"), CultureInfo.InvariantCulture, out int version)
            || version < 1) throw file.Bad("it does not say which version it is");
        if (version > Version) throw file.Bad($"it is of version {version}, and this program reads versions up to {Version}. Use a newer vestige");
        GptOptions options = Parse<GptOptions>(file, "options", file.Metadata.GetValueOrDefault("options", ""));
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
        string?[] stated = Parse<string?[]>(file, "documents", file.Metadata.GetValueOrDefault("documents", ""));
        UInt128[] hashes = new UInt128[stated.Length];
        for (int i = 0; i < hashes.Length; i++)
            if (!UInt128.TryParse(stated[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out hashes[i]))
                throw file.Bad($"its documents[{i}] is {(stated[i] is { } text ? $"\"{text}\"" : "null")}, and not one of hashes");
        return hashes;
    }

    private static Milestone[] History(SafeTensors file)
    {
        Milestone?[] history = Parse<Milestone?[]>(file, "history", file.Metadata.GetValueOrDefault("history", ""));
        for (int i = 0; i < history.Length; i++)
        {
            if (history[i] is not { } milestone) throw file.Bad($"its history[{i}] is null");
            if (milestone.Step < 0 || !double.IsFinite(milestone.Loss) || milestone.Validation is { } bits && !double.IsFinite(bits))
                throw file.Bad(string.Create(CultureInfo.InvariantCulture,
                    $"its history[{i}] has a figure out of range: step {milestone.Step}, loss {milestone.Loss}, validation {milestone.Validation}"));
        }
        return history!;
    }

    private static T Parse<T>(SafeTensors file, string note, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, s_json) ?? throw file.Bad($"its {note} {(note is "state" or "history" ? "is" : "are")} null");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw file.Bad($"its {note} cannot be read: {e.Message}");
        }
    }

    private static IEnumerable<StoredTensor> Tensors(string prefix, ParameterTable table, ReadOnlyMemory<float> values)
    {
        return table.Tensors.Select(tensor => new StoredTensor(prefix + tensor.Name, tensor.Shape, values.Slice(tensor.Offset, tensor.Length)));
    }

    private static void Fill(SafeTensors file, string prefix, ParameterTable table, Span<float> values, bool verified)
    {
        foreach (Tensor tensor in table.Tensors)
        {
            Span<float> elements = tensor.In(values);
            file.Read(prefix + tensor.Name, tensor.Shape, elements);
            if (verified) continue;
            for (int i = 0; i < elements.Length; i++)
                if (Math.Abs(elements[i]) > LargestWeight)
                    throw file.Bad(string.Create(CultureInfo.InvariantCulture,
                        $"tensor {prefix}{tensor.Name} holds {elements[i]} at element {i}, and no trained weight is beyond {LargestWeight}"));
        }
    }
}
