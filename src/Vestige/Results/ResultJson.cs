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

    /// <summary>Reads a result.</summary>
    /// <exception cref="JsonException">This is no result, or one of a newer schema; the message says which.</exception>
    public static AuditResult FromUtf8(ReadOnlySpan<byte> utf8)
    {
        AuditResult result = JsonSerializer.Deserialize(utf8, s_context.AuditResult) ?? throw new JsonException("The file holds no result.");
        return result.Schema <= AuditResult.CurrentSchema ? result
            : throw new JsonException($"The result has schema {result.Schema}; this version of vestige reads up to {AuditResult.CurrentSchema}: update vestige.");
    }
}

[JsonSerializable(typeof(AuditResult))]
internal sealed partial class ResultContext : JsonSerializerContext;
