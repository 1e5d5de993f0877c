using System.CommandLine;
using Vestige.Cli.Domains;
using Vestige.Cli.Options;
using Vestige.Cli.Studies;
using Vestige.Files;
using Vestige.Studies;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige study</c>: which ingredients of a compressor buy what.</summary>
internal static class StudyCommand
{
    private const int DefaultUnits = 1000, DefaultBlocks = 4, MostBlocks = 1000;

    /// <param name="run">What is done with the words and what they ask for.</param>
    internal static Command Create(Func<ParseResult, StudyOptions, int> run)
    {
        Argument<string> source = new("source") { Description = "A folder of images or text, one file, or a world: world:facts." };
        Argument<string> compressor = new("compressor") { Description = "What is varied, with the options that stay as they are: transformer:layers=2,steps=300." };
        Option<string[]> vary = new("--vary")
        {
            Description = "An ingredient and its levels: an option of the compressor (dropout=0,0.1; top_p=0.9,1; q=10..90/20), compressor=webp,avif, or of what it is "
                + $"given: {string.Join("; ", Ingredients.Specs.Select(spec => $"{spec.Name} ({spec.Description})"))}.",
            HelpName = "KEY=LEVELS",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        Option<string?> at = new("--at")
        {
            Description = "Run the whole design at each of these, and say what changes sign: steps=300,steps=1000.",
            HelpName = "OPTION=VALUE,...",
        };
        Option<int> blocks = new("--blocks")
        {
            Description = "How often all is run, each time with another deal of the documents and another seed; more can be added to a finished study.",
            DefaultValueFactory = _ => DefaultBlocks,
        };
        Option<DesignKind> design = new("--design")
        {
            Description = "auto: all combinations where they are few, else a fraction that keeps main effects clear of interactions.",
            HelpName = "auto|full|fraction",
            DefaultValueFactory = _ => DesignKind.Auto,
        };
        Option<int> cells = new("--cells") { Description = "At most so many combinations.", DefaultValueFactory = _ => StudyDesign.DefaultCells };
        Option<double?> budget = new("--budget") { Description = "Minutes that it may take: fewer blocks are run where it would take longer.", HelpName = "MIN" };
        Option<bool> planOnly = new("--plan") { Description = "Print the design, and from a pilot what size of effect it will see, how long it takes; run no more." };
        Option<int> units = CommonOptions.Units("At most so many images, passages or sentences in each sample.", 8, DefaultUnits);
        Option<long?> reserve = CommonOptions.Reserve();
        Option<string?> view = CommonOptions.View("The view whose ledger is the response.");
        Option<string?> scale = CommonOptions.Scale();
        Option<string?> json = CommonOptions.Json("docs/studies.md");
        Option<string?> output = new("--out")
        {
            Description = "Keep runs, models, study.json and the page in this folder; the same command goes on where it stopped.",
            HelpName = "DIR",
        };
        var reading = ReadingOptions.Create();
        Option<ulong> seed = CommonOptions.Seed();
        Option<int> threads = CommonOptions.Threads();
        Option<MemoryBudget> memory = CommonOptions.Memory();
        Option<int> documents = CommonOptions.Documents();
        foreach ((Option<int> option, int least, int most) in new[] { (blocks, Effects.LeastBlocks, MostBlocks), (cells, 2, 1024) })
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && (value < least || value > most))
                    result.AddError($"{option.Name} {value}: it takes a whole number from {least} to {most}");
            });
        }
        budget.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1
                && double.TryParse(result.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out double minutes) && !(minutes is > 0 and <= 1e6))
                result.AddError($"--budget {result.Tokens[0].Value}: it takes minutes above 0");
        });
        var command = new Command("study", """
            A designed experiment: which ingredients of a compressor, or of what it is given, buy what is generalized, and which
            memory, loss or invention. Every cell is run in several blocks, each with a deal and a seed of its own; effects come
            with intervals that hold for all of them at once, and "none seen" with the size that would have been.

            Examples:
              vestige study world:facts transformer:layers=2,width=64 --vary data=1/4,1 --vary dropout=0,0.1 --out facts
              vestige study world:facts transformer:steps=300 --vary data=1/4,1 optimizer=muon,adamw top_p=0.9,1 --plan
              vestige study novels ngram --vary order=3,6 top_p=0.9,1 data=1/4,1
              vestige study photos webp --vary q=30..90/20 effort=2,6 --blocks 8
            """) { source, compressor, vary, at, blocks, design, cells, budget, planOnly, units, reserve, view, scale, json, output, seed, threads, memory, documents };
        foreach (Option option in reading.All) command.Options.Add(option);
        command.SetAction(parsed => run(parsed, new StudyOptions
        {
            Source = parsed.GetRequiredValue(source),
            Compressor = parsed.GetRequiredValue(compressor),
            Vary = parsed.GetValue(vary) ?? [],
            At = parsed.GetValue(at)?.Split(',') ?? [],
            Blocks = parsed.GetValue(blocks),
            Design = parsed.GetValue(design),
            Cells = parsed.GetValue(cells),
            Budget = parsed.GetValue(budget),
            PlanOnly = parsed.GetValue(planOnly),
            Units = parsed.GetValue(units),
            Reserve = parsed.GetValue(reserve),
            View = parsed.GetValue(view),
            Scale = parsed.GetValue(scale),
            Reading = reading.Of(parsed),
            Json = parsed.GetValue(json),
            Out = parsed.GetValue(output),
            Seed = parsed.GetValue(seed),
            Threads = parsed.GetValue(threads),
            Memory = parsed.GetRequiredValue(memory),
            MostDocuments = parsed.GetValue(documents),
        }));
        return command;
    }
}
