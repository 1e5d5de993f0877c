using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vestige.Images.Inspections;

/// <summary>Inspections as JSON; the schema is in docs/results.md.</summary>
public static class InspectionJson
{
    private static readonly InspectionContext s_context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The result as UTF-8 text, the same bytes for the same result.</summary>
    public static byte[] ToUtf8(InspectionResult result) => [.. JsonSerializer.SerializeToUtf8Bytes(result, s_context.InspectionResult), (byte)'\n'];

    /// <summary>Reads a result.</summary>
    /// <exception cref="JsonException">This is none.</exception>
    public static InspectionResult FromUtf8(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, s_context.InspectionResult) ?? throw new JsonException("The file holds no result.");
}

[JsonSerializable(typeof(InspectionResult))]
internal sealed partial class InspectionContext : JsonSerializerContext;
