using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Vestige.Results.Json;

/// <summary>Whether JSON from anywhere is a result as this library writes it: readable text, nothing twice, nothing missing, every number one.</summary>
/// <remarks>It goes by the types of the results, so that a new field needs nothing here.</remarks>
internal static class ResultShape
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <summary>Checks the text.</summary>
    /// <exception cref="JsonException">It is no UTF-8, no JSON, says something twice, or holds half a character; the message says which.</exception>
    internal static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) throw new JsonException("it is not valid UTF-8.");
        try
        {
            JsonElement root = JsonDocument.Parse(utf8.ToArray(), s_strict).RootElement;
            CheckText(root);
            return root;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("it holds an escape that is half a character.", e);
        }
    }

    /// <summary>Checks what was made of it.</summary>
    /// <param name="result">A result, or a part of one.</param>
    /// <param name="fill">Whether a list that is missing is empty: an older schema did not have it.</param>
    /// <param name="at">Its place in the file, for the message.</param>
    /// <exception cref="JsonException">A part is missing, or a number is out of range; the message says where.</exception>
    internal static void Check(object result, bool fill = false, string at = "$")
    {
        if (result is double number && double.IsInfinity(number)) throw new JsonException($"{at} is no number that a computer holds.");
        if (result is string || result.GetType().IsPrimitive || result.GetType().IsEnum) return;
        if (result is IEnumerable list)
        {
            int i = 0;
            // What could not be measured in one of several runs is null there.
            bool gaps = list is IEnumerable<double?>;
            foreach (object? item in list)
            {
                if (item is null && gaps) i++;
                else Check(item ?? throw new JsonException($"{at}[{i}] is null."), fill, $"{at}[{i++}]");
            }
            return;
        }
        foreach ((PropertyInfo property, bool needed) in Parts.Of(result.GetType()))
        {
            string name = $"{at}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}";
            if (property.GetValue(result) is { } value) Check(value, fill, name);
            else if (needed && fill && Empty(property.PropertyType) is { } empty) property.SetValue(result, empty);
            else if (needed) throw new JsonException($"{name} is missing.");
        }
    }

    /// <summary>The empty list or dictionary of a type; null for what is neither.</summary>
    private static object? Empty(Type type)
    {
        Type? kind = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return kind == typeof(IReadOnlyList<>) ? Array.CreateInstance(type.GetGenericArguments()[0], 0)
            : kind == typeof(IReadOnlyDictionary<,>) ? Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments()))
            : null;
    }

    private static void CheckText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray()) CheckText(item);
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    _ = property.Name;
                    CheckText(property.Value);
                }
                break;
        }
    }

    /// <summary>The properties of a type that its JSON holds, and whether each must be there.</summary>
    private static class Parts
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, (PropertyInfo, bool)[]> s_known = [];

        internal static (PropertyInfo Property, bool Needed)[] Of(Type type) => s_known.GetOrAdd(type, static type =>
        {
            var nullability = new NullabilityInfoContext();
            return [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0 && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
                // Of a pair of a dictionary both stand; of ours what can be set.
                .Where(property => property.CanWrite || type.IsGenericType)
                .Select(property => (property, nullability.Create(property).ReadState == NullabilityState.NotNull))];
        });
    }
}

/// <summary>Numbers that JSON has no word for are written as null, which is "not measurable": no figure ends a run when it is written.</summary>
internal sealed class FiniteNumbers : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteNullValue();
    }
}
