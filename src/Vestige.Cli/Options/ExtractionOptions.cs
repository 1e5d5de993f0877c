using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Vestige.Cli.Faults;
using Vestige.Language.Strings;
using Vestige.Specs;

namespace Vestige.Cli.Options;

/// <summary>The options by which models are asked for their training text.</summary>
internal sealed record ExtractionOptions(Option<string?> Extract, Option<string?> Prompts, Option<int> Canaries)
{
    private static readonly ExtractionPlan s_default = new();

    private static readonly SpecRow s_extract = new("option", "--extract", "how models are asked for their training text")
    {
        Separator = ' ',
        Options =
        [
            OptionSpec.WholeNumber("prefix", 1, 4096, s_default.Prefix, "characters that are given"),
            OptionSpec.WholeNumber("suffix", 1, 4096, s_default.Suffix, "characters that must be right"),
            OptionSpec.WholeNumber("tries", 1, 1_000_000, s_default.Tries, "texts that are tried"),
            OptionSpec.WholeNumber("draws", 1, 1_000_000_000, s_default.Draws, "draws within which a text may come out"),
            OptionSpec.Text("offsets", string.Join(';', s_default.Offsets), "where texts begin, in characters from a document's start, as 0;512"),
        ],
    };

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
        try
        {
            var spec = Spec.ParseOptions(text, s_extract);
            return new ExtractionPlan
            {
                Prefix = spec.WholeNumber("prefix"),
                Suffix = spec.WholeNumber("suffix"),
                Tries = spec.WholeNumber("tries"),
                Draws = spec.WholeNumber("draws"),
                Offsets = [.. spec.Text("offsets").Split(';').Where(offset => offset.Length > 0).Select(Offset).Distinct()],
            };
        }
        catch (SpecException e)
        {
            throw new UsageException($"--extract {text}: {e.Message.TrimEnd('.')}");
        }
    }

    private static int Offset(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= 1_000_000_000
        ? number : throw new SpecException($"an offset takes a whole number from 0 to 1000000000, and not {text}");

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
        catch (InvalidOperationException)
        {
            // One of a pair of surrogates alone, as "\ud800": no text has it.
            throw new DataException($"--prompts {file}: line {line} holds text that is not valid Unicode");
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
