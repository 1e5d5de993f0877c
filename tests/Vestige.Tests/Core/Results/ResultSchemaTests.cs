using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Core.Results;

/// <summary>The result has one shape: that of its types. docs/results.schema.json is generated from them; prose and page are held to it.</summary>
public sealed partial class ResultSchemaTests
{
    /// <summary>What the page calls a type of the result, where it calls it otherwise.</summary>
    private static readonly Dictionary<string, string> s_calledOnThePage = new()
    {
        ["Sizes"] = nameof(SampleSizes),
        ["Difference"] = nameof(RowDifference),
        ["Copying"] = nameof(CopyReport),
        ["Paired"] = nameof(PairedReport),
        ["PairedMeasure"] = nameof(PairedMeasureInfo),
        ["Exact"] = nameof(ExactReport),
        ["Lossless"] = nameof(CoderResults),
        ["Against"] = nameof(ComparisonReport),
        ["Extraction"] = nameof(ExtractionReport),
        ["Span"] = nameof(TextSpan),
        ["Result"] = nameof(AuditResult),
    };

    /// <summary>What the page has beside results: pictures, places, colours.</summary>
    private static readonly string[] s_ofThePage = ["Picture", "Audit", "Data", "Subject"];

    private static readonly JsonObject s_schema = Generate();

    private static string PathOf(string name) => Path.Combine(Repository.Root, name);

    [Fact]
    public void The_written_schema_is_that_of_the_types()
    {
        string text = s_schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n", path = PathOf("docs/results.schema.json");
        if (Environment.GetEnvironmentVariable("VESTIGE_WRITE_SCHEMA") == "1") File.WriteAllText(path, text);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == text,
            "docs/results.schema.json is not what the types of the result give: run this test with VESTIGE_WRITE_SCHEMA=1 in the environment, "
                + "look at the difference, and say it in docs/results.md");
    }

    [Fact]
    public void The_prose_names_every_field()
    {
        string prose = File.ReadAllText(PathOf("docs/results.md"));
        HashSet<string> said = [.. InCode().Matches(prose).SelectMany(match => Word().Matches(match.Value)).Select(match => match.Value)];
        Assert.Empty(Fields().Where(field => !said.Contains(field.Name)).Select(field => $"{field.Type}.{field.Name}"));
    }

    [Fact]
    public void The_page_reads_only_fields_that_there_are_and_waits_for_none_that_may_be_left_out()
    {
        ILookup<string, (string Type, string Name, bool Required)> types = Fields().ToLookup(field => field.Type);
        var wrong = new List<string>();
        int read = 0;
        foreach (Match match in Interface().Matches(File.ReadAllText(PathOf("report/src/data.ts"))))
        {
            string name = match.Groups["name"].Value, type = s_calledOnThePage.GetValueOrDefault(name, name);
            if (s_ofThePage.Contains(name)) continue;
            if (!types.Contains(type)) wrong.Add($"{name}: the result has no {type}");
            foreach (Match field in Field().Matches(match.Groups["body"].Value))
            {
                read++;
                string called = field.Groups["name"].Value;
                if (types[type].FirstOrDefault(known => known.Name == called) is not { Name: not null } known) wrong.Add($"{name}.{called}: {type} has no such field");
                else if (!known.Required && !field.Groups["optional"].Success) wrong.Add($"{name}.{called} may be left out of {type}");
            }
        }
        Assert.Empty(wrong);
        Assert.True(read > 150, $"{read} fields were found in data.ts: its interfaces are no longer read");
    }

    private static IEnumerable<(string Type, string Name, bool Required)> Fields() => s_schema["$defs"]!.AsObject().SelectMany(type =>
    {
        HashSet<string> required = [.. type.Value!["required"]!.AsArray().Select(name => (string)name!)];
        return type.Value["properties"]!.AsObject().Select(field => (type.Key, field.Key, required.Contains(field.Key)));
    });

    private static JsonObject Generate()
    {
        var context = new ResultContext(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
        var nullability = new NullabilityInfoContext();
        var types = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        JsonNode result = Of(typeof(AuditResult)), set = Of(typeof(AuditSet));
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = $"results.json, schema {AuditResult.CurrentSchema}; docs/results.md says what it means",
            ["anyOf"] = new JsonArray(result, set),
            ["$defs"] = new JsonObject(types),
        };

        JsonNode Of(Type type)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (type == typeof(string)) return new JsonObject { ["type"] = "string" };
            if (type == typeof(bool)) return new JsonObject { ["type"] = "boolean" };
            if (type == typeof(double)) return new JsonObject { ["type"] = "number" };
            if (type.IsEnum) return new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => (JsonNode)name)]) };
            if (type.IsPrimitive) return new JsonObject { ["type"] = "integer" };
            if (type.IsGenericType && type.GetGenericArguments() is [_, { } value]) return new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(value) };
            if (type.IsAssignableTo(typeof(IEnumerable))) return new JsonObject { ["type"] = "array", ["items"] = Of(type.GetElementType() ?? type.GetGenericArguments()[0]) };
            if (types.TryAdd(type.Name, null))
            {
                var properties = new JsonObject();
                var required = new JsonArray();
                foreach (JsonPropertyInfo property in context.GetTypeInfo(type)!.Properties.Where(property => property.Get is not null))
                {
                    var member = (PropertyInfo)property.AttributeProvider!;
                    if (member.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always }) continue;
                    properties[property.Name] = Of(property.PropertyType);
                    if (nullability.Create(member).ReadState != NullabilityState.Nullable && member.GetCustomAttribute<JsonIgnoreAttribute>() is null) required.Add(property.Name);
                }
                types[type.Name] = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
            }
            return new JsonObject { ["$ref"] = $"#/$defs/{type.Name}" };
        }
    }

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex InCode();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^export interface (?<name>\w+) \{\n(?<body>.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Interface();

    // Fields of the interface itself stand two spaces in.
    [GeneratedRegex(@"^  (?<name>\w+)(?<optional>\?)?:", RegexOptions.Multiline)]
    private static partial Regex Field();
}
