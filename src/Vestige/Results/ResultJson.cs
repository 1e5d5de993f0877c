using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Vestige.Results;

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
        JsonNode? json = Parse(utf8);
        if (json is not JsonObject root || !root.ContainsKey("results")) return new AuditSet { Results = [ToResult(json)], Findings = [] };
        CheckSchema(root);
        SchemaOne.UpgradeSet(root);
        return root.Deserialize(s_context.AuditSet) ?? throw new JsonException("The file holds no results.");
    }

    /// <summary>What an audit wrote as JSON in today's schema; fields that this version does not know are kept.</summary>
    /// <exception cref="JsonException">It is no result, or of a newer schema; the message says which.</exception>
    public static JsonObject ReadJson(ReadOnlySpan<byte> utf8)
    {
        ReadAll(utf8);
        var root = (JsonObject)Parse(utf8)!;
        if (root.ContainsKey("results")) SchemaOne.UpgradeSet(root);
        else SchemaOne.Upgrade(root);
        return root;
    }

    /// <summary>Reads a result.</summary>
    /// <exception cref="JsonException">This is no result, or one of a newer schema; the message says which.</exception>
    public static AuditResult FromUtf8(ReadOnlySpan<byte> utf8) => ToResult(Parse(utf8));

    private static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        return JsonNode.Parse(ref reader);
    }

    private static AuditResult ToResult(JsonNode? json)
    {
        if (json is JsonObject root) CheckSchema(root);
        SchemaOne.Upgrade(json);
        return json.Deserialize(s_context.AuditResult) ?? throw new JsonException("The file holds no result.");
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
