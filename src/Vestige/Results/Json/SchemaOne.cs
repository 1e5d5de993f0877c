using System.Text.Json.Nodes;

namespace Vestige.Results.Json;

/// <summary>Results of schema 1 in the words of schema 2, from which <see cref="SchemaTwo"/> goes on: there "memorized" was all of q that stands in T, and
/// what it says more often because of T stood beside it as "copyingExcess".</summary>
internal static class SchemaOne
{
    private const string Why = "made by a version of vestige that did not measure it: run the audit again";

    private const int Next = 2;

    /// <summary>Whether a result, or the results of a set, are of the first schema.</summary>
    internal static bool Is(JsonObject root) => root["schema"] is JsonValue schema && schema.TryGetValue(out int version) && version == 1;

    /// <summary>Brings a result to schema 2; other JSON is left as it is.</summary>
    internal static void Upgrade(JsonNode? result)
    {
        if (result is not JsonObject root || (root["schema"] is JsonValue schema && (!schema.TryGetValue(out int version) || version != 1))) return;
        root["schema"] = Next;
        if (root["source"] is JsonObject source && source["deal"] is null) source["deal"] = Deal((int?)Take(source, "unitsPerSample") ?? 0);
        // What has a value where nothing is said has it for what reads JSON, too.
        if (root["source"] is JsonObject info)
        {
            info["document"] ??= "document";
            info["formats"] ??= new JsonObject();
        }
        Texts(root);
        foreach (JsonNode? row in root["rows"] as JsonArray ?? [])
        {
            if (row is not JsonObject of) continue;
            of["kind"] ??= of["named"] is JsonValue named && named.TryGetValue(out bool isNamed) && isNamed ? nameof(RowKind.Named)
                : of["isCodec"] is JsonValue codec && codec.TryGetValue(out bool isCodec) && isCodec ? nameof(RowKind.Parrot) : nameof(RowKind.Yardstick);
            foreach (JsonNode? ledger in of["ledgers"] as JsonArray ?? [])
                if (ledger is JsonObject account) Upgrade(account);
        }
    }

    /// <summary>Four samples of one size; in how many groups was not said.</summary>
    private static JsonObject Deal(int units)
    {
        JsonObject Sample() => new() { ["units"] = units, ["groups"] = 0 };
        return new JsonObject
        {
            ["training"] = Sample(),
            ["heldOut"] = Sample(),
            ["floor"] = Sample(),
            ["yardstick"] = Sample(),
            ["by"] = "document",
            ["leftOut"] = 0,
            ["leftOutShare"] = 0,
        };
    }

    /// <summary>Brings a set of results to schema 2: what they say side by side was one text.</summary>
    internal static void UpgradeSet(JsonObject set)
    {
        foreach (JsonNode? result in set["results"] as JsonArray ?? []) Upgrade(result);
        if (set["comparison"] is not JsonValue text || set["findings"] is not null) return;
        set.Remove("comparison");
        set["schema"] = Next;
        set["findings"] = new JsonArray(Said("side-by-side", FindingPart.Answer, text));
    }

    /// <summary>What stood in texts of their own is a finding.</summary>
    private static void Texts(JsonObject root)
    {
        if (root["findings"] is not JsonArray findings) root["findings"] = findings = [];
        foreach (JsonNode? finding in findings)
            if (finding is JsonObject said) said["part"] = nameof(FindingPart.Account);
        foreach (JsonNode? matched in root["matched"] as JsonArray ?? [])
            if (matched?["text"] is JsonValue text) findings.Add((JsonNode)Said("matched", FindingPart.Matched, text));
        if (Take(root, "choice") is not JsonObject choice) return;
        if (choice["text"] is JsonValue chosen) findings.Add((JsonNode)Said("choice", FindingPart.Choice, chosen));
        foreach (JsonNode? codec in choice["codecs"] as JsonArray ?? [])
            if (codec?["text"] is JsonValue text) findings.Add((JsonNode)Said("choice-family", FindingPart.Choice, $"{codec["family"]}: {text}."));
    }

    private static JsonObject Said(string id, FindingPart part, JsonNode text) => Said(id, part, text.ToString());

    private static JsonObject Said(string id, FindingPart part, string text) => new() { ["id"] = id, ["text"] = text, ["part"] = part.ToString() };

    private static void Upgrade(JsonObject ledger)
    {
        ledger["atMost"] = Take(ledger, "hallucinatedUpper");
        // Points had no atoms to be in T: their memorized was an excess already.
        if (Take(ledger, "copyingExcess") is not JsonObject excess || ledger["atMost"] is null) return;
        ledger["inTraining"] = Take(ledger, "memorized");
        ledger["memorized"] = excess;
        double? memorized = (double?)excess["value"], hallucinated = (double?)ledger["hallucinated"]?["value"];
        ledger["generalized"] = new JsonObject { ["value"] = 1 - memorized - hallucinated, ["unit"] = "share", ["why"] = memorized is null || hallucinated is null ? Why : null };
    }

    private static JsonNode? Take(JsonObject from, string name)
    {
        JsonNode? node = from[name];
        from.Remove(name);
        return node;
    }
}
