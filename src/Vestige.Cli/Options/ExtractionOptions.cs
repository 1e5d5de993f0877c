using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Vestige.Cli.Faults;
using Vestige.Compressors;
using Vestige.Language.Strings;

namespace Vestige.Cli.Options;

/// <summary>The options by which models are asked for their training text.</summary>
internal sealed record ExtractionOptions(Option<string?> Extract, Option<string?> Prompts, Option<int> Canaries)
{
    // Name, least, most.
    private static readonly (string Name, int Least, int Most)[] s_numbers = [("prefix", 1, 4096), ("suffix", 1, 4096), ("tries", 1, 1_000_000), ("draws", 1, 1_000_000_000)];

    internal static ExtractionOptions Create()
    {
        Option<int> canaries = new("--canaries")
        {
            Description = "Plant N random strings for each of 1, 2, 4 and 8 times in what is trained here, and say how well the model knows them.",
            HelpName = "N",
        };
        canaries.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value is < 0 or > 1000)
                result.AddError($"--canaries {value}: it takes a whole number from 0 to 1000");
        });
        return new ExtractionOptions(
            new Option<string?>("--extract")
            {
                Description = "How models are asked for their training text: prefix=50,suffix=50 (characters), tries=200, draws=100, offsets=0;512 "
                    + "(characters from a document's start).",
                HelpName = "KEY=VALUE,...",
            },
            new Option<string?>("--prompts")
            {
                Description = "Your own prompts: a .jsonl file, a record {\"prefix\": \"…\", \"suffix\": \"…\"} a "
                + "line; the suffix may be left out.",
                HelpName = "FILE"
            },
            canaries);
    }

    internal ExtractionPlan Plan(ParseResult parsed, ulong seed)
    {
        ExtractionPlan plan = parsed.GetValue(Extract) is { } text ? Parse(text) : new ExtractionPlan();
        return plan with { Seed = seed, Canaries = parsed.GetValue(Canaries), Prompts = parsed.GetValue(Prompts) is { } file ? ReadPrompts(file) : [] };
    }

    /// <exception cref="UsageException">A key or value is wrong.</exception>
    internal static ExtractionPlan Parse(string text)
    {
        var plan = new ExtractionPlan();
        foreach (string pair in text.Split(','))
        {
            string[] parts = pair.Split('=', 2);
            string key = parts[0].Trim(), value = parts.Length == 2 ? parts[1].Trim() : "";
            if (key == "offsets")
            {
                plan = plan with
                {
                    Offsets = [.. value.Split(';').Where(offset => offset.Length > 0)
                    .Select(offset => Whole(text, "an offset", offset, 0, 1_000_000_000)).Distinct()]
                };
                continue;
            }
            if (s_numbers.FirstOrDefault(n => n.Name == key) is not { Name: not null } known)
                throw new UsageException($"--extract {text}: there is no "
                    + $"\"{key}\".{Suggestion.For(key, [.. s_numbers.Select(n => n.Name), "offsets"])} There are: prefix, suffix, tries, draws, offsets");
            int number = Whole(text, key, value, known.Least, known.Most);
            plan = key switch
            {
                "prefix" => plan with { Prefix = number },
                "suffix" => plan with { Suffix = number },
                "tries" => plan with { Tries = number },
                _ => plan with { Draws = number },
            };
        }
        return plan;
    }

    private static int Whole(string all, string name, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number : throw new UsageException($"--extract {all}: {name} takes a whole number from {least} to {most}, such as {name}={Math.Max(least, 50)}");

    /// <exception cref="DataException">The file cannot be read, or a line is no prompt.</exception>
    internal static IReadOnlyList<(string Prefix, string Suffix)> ReadPrompts(string file)
    {
        List<(string, string)> prompts = [];
        int line = 0;
        try
        {
            foreach (string text in File.ReadLines(file))
            {
                line++;
                if (string.IsNullOrWhiteSpace(text)) continue;
                using var record = JsonDocument.Parse(text);
                if (record.RootElement.ValueKind != JsonValueKind.Object || Text(record.RootElement, "prefix") is not { } prefix)
                    throw new DataException($"--prompts {file}: line {line} has no text \"prefix\": a prompt is {{\"prefix\": \"…\", \"suffix\": \"…\"}}");
                prompts.Add((prefix, Text(record.RootElement, "suffix") ?? ""));
            }
        }
        catch (JsonException)
        {
            throw new DataException($"--prompts {file}: line {line} is not valid JSON; a prompt is {{\"prefix\": \"…\", \"suffix\": \"…\"}}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"--prompts {file} cannot be read: {e.Message}");
        }
        return prompts.Count > 0 ? prompts : throw new DataException($"--prompts {file} holds no prompt: give one a line, {{\"prefix\": \"…\", \"suffix\": \"…\"}}");
    }

    private static string? Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
