using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Vestige.Results.Json;

/// <summary>Results to JSON and back; the schema is in docs/results.md.</summary>
public static class ResultJson
{
    private static readonly ResultContext s_context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        // File names are shown as they are; the report escapes for HTML where it writes HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteNumbers() },
    });

    /// <summary>The result as UTF-8 text, the same bytes for the same result.</summary>
    public static byte[] ToUtf8(AuditResult result) => [.. JsonSerializer.SerializeToUtf8Bytes(result, s_context.AuditResult), (byte)'\n'];

    /// <summary>A set of results as UTF-8 text.</summary>
    public static byte[] ToUtf8(AuditSet set) => [.. JsonSerializer.SerializeToUtf8Bytes(set, s_context.AuditSet), (byte)'\n'];

    /// <summary>Reads what an audit wrote: a result, or a set of them.</summary>
    /// <returns>The set; of a single result, a set of one without a comparison.</returns>
    /// <exception cref="JsonException">It is neither, or of a newer schema; the message says which.</exception>
    public static AuditSet ReadAll(ReadOnlySpan<byte> utf8)
    {
        JsonObject root = Parse(utf8);
        if (!root.ContainsKey("results")) return new AuditSet { Results = [ToResult(root)], Findings = [] };
        CheckSchema(root);
        bool older = SchemaOne.Is(root);
        Upgrade(root, SchemaOne.UpgradeSet);
        SchemaTwo.UpgradeSet(root);
        AuditSet set = Whole(root.Deserialize(s_context.AuditSet), older);
        return set.Results.Count > 0 ? set : throw new JsonException("it holds no audit: its results are an empty list.");
    }

    /// <summary>What an audit wrote as JSON in today's schema; fields that this version does not know are kept.</summary>
    /// <exception cref="JsonException">It is no result, or of a newer schema; the message says which.</exception>
    public static JsonObject ReadJson(ReadOnlySpan<byte> utf8)
    {
        AuditSet set = ReadAll(utf8);
        JsonObject root = Parse(utf8);
        bool isSet = root.ContainsKey("results");
        // Of the first schema what was read of it, in which nothing is missing.
        if (SchemaOne.Is(root)) return Parse(isSet ? ToUtf8(set) : ToUtf8(set.Results[0]));
        if (isSet) SchemaTwo.UpgradeSet(root);
        else SchemaTwo.Upgrade(root);
        return root;
    }

    /// <summary>Reads a result.</summary>
    /// <exception cref="JsonException">This is no result, or one of a newer schema; the message says which.</exception>
    public static AuditResult FromUtf8(ReadOnlySpan<byte> utf8) => ToResult(Parse(utf8));

    private static JsonObject Parse(ReadOnlySpan<byte> utf8)
    {
        JsonElement json = ResultShape.Parse(utf8);
        return json.ValueKind == JsonValueKind.Object ? JsonObject.Create(json)! : throw new JsonException("it holds no result, which is an object.");
    }

    private static AuditResult ToResult(JsonObject root)
    {
        CheckSchema(root);
        bool older = SchemaOne.Is(root);
        Upgrade(root, SchemaOne.Upgrade);
        SchemaTwo.Upgrade(root);
        return Whole(root.Deserialize(s_context.AuditResult), older);
    }

    // An older result is taken for one as it stands; where it is none, something in it is of another kind than the upgrade takes it for.
    private static void Upgrade(JsonObject json, Action<JsonObject> upgrade)
    {
        try
        {
            upgrade(json);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            throw new JsonException("it is no result of schema 1.", e);
        }
    }

    private static T Whole<T>(T? result, bool older) where T : class
    {
        if (result is null) throw new JsonException("it holds no result.");
        ResultShape.Check(result, fill: older);
        return result;
    }

    private static void CheckSchema(JsonObject root)
    {
        if (root["schema"] is JsonValue value && value.TryGetValue(out int schema) && schema > AuditResult.CurrentSchema) throw Newer(schema);
    }

    private static JsonException Newer(int schema) =>
        new($"The result has schema {schema}; this version of vestige reads up to {AuditResult.CurrentSchema}: update vestige.");
}

[JsonSerializable(typeof(AuditResult))]
[JsonSerializable(typeof(AuditSet))]
internal sealed partial class ResultContext : JsonSerializerContext;
