using System.Text.Json.Nodes;

namespace Vestige.Results.Json;

/// <summary>Results of schema 2 under the names of today; nothing else was different.</summary>
internal static class SchemaTwo
{
    /// <summary>Brings a result to today's schema; what it has under no old name is left as it is.</summary>
    internal static void Upgrade(JsonObject root)
    {
        if (!IsOfTwo(root)) return;
        root["schema"] = AuditResult.CurrentSchema;
        foreach (JsonObject row in Objects(root["rows"]))
        {
            foreach (JsonObject ledger in Objects(row["ledgers"]))
            {
                Rename(ledger, "thing", "element");
                Rename(ledger, "favour", "breakdownRatio");
                if (ledger["sizes"] is JsonObject sizes) Rename(sizes, "things", "elements");
            }
            if (row["extraction"] is not JsonObject { } extraction || extraction["canaries"] is not JsonObject canaries) continue;
            foreach (JsonObject group in Objects(canaries["groups"])) Rename(group, "told", "auc");
        }
    }

    /// <summary>Brings a set of results to today's schema.</summary>
    internal static void UpgradeSet(JsonObject set)
    {
        foreach (JsonObject result in Objects(set["results"])) Upgrade(result);
        if (IsOfTwo(set)) set["schema"] = AuditResult.CurrentSchema;
    }

    private static bool IsOfTwo(JsonObject root) => root["schema"] is JsonValue schema && schema.TryGetValue(out int version) && version == 2;

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static void Rename(JsonObject of, string from, string to)
    {
        if (!of.TryGetPropertyValue(from, out JsonNode? value)) return;
        of.Remove(from);
        of.TryAdd(to, value);
    }
}
