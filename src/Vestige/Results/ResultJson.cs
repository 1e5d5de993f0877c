using System.Text.Encodings.Web;
using System.Text.Json;
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
        var reader = new Utf8JsonReader(utf8);
        using JsonDocument json = JsonDocument.ParseValue(ref reader);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("results", out _))
            return new AuditSet { Results = [FromUtf8(utf8)], Comparison = "" };
        AuditSet set = JsonSerializer.Deserialize(utf8, s_context.AuditSet) ?? throw new JsonException("The file holds no results.");
        return set.Schema <= AuditResult.CurrentSchema ? set : throw Newer(set.Schema);
    }

    /// <summary>Reads a result.</summary>
    /// <exception cref="JsonException">This is no result, or one of a newer schema; the message says which.</exception>
    public static AuditResult FromUtf8(ReadOnlySpan<byte> utf8)
    {
        AuditResult result = JsonSerializer.Deserialize(utf8, s_context.AuditResult) ?? throw new JsonException("The file holds no result.");
        return result.Schema <= AuditResult.CurrentSchema ? result : throw Newer(result.Schema);
    }

    private static JsonException Newer(int schema) =>
        new($"The result has schema {schema}; this version of vestige reads up to {AuditResult.CurrentSchema}: update vestige.");
}

[JsonSerializable(typeof(AuditResult))]
[JsonSerializable(typeof(AuditSet))]
internal sealed partial class ResultContext : JsonSerializerContext;
