using System.CommandLine;
using Vestige.Cli.Domains;
using Vestige.Cli.Options;
using Vestige.Files;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige audit</c>: all ledgers and bits of several compressors on one source.</summary>
internal static class AuditCommand
{
    private const int DefaultUnits = 2000;

    /// <param name="run">What is done with the words and what they ask for.</param>
    internal static Command Create(Func<ParseResult, AuditOptions, int> run)
    {
        Argument<string?> source = new("source")
        {
            Description = "A folder of images or text (searched recursively), one file, or a world: world:facts. Not with --train and --heldout.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Argument<string[]> compressors = new("compressors")
        {
            Description = "name:key=value,key=value; a value may be a range: jpeg:q=10..90/20.",
            Arity = ArgumentArity.ZeroOrMore
        };
        Option<string?> train = new("--train") { Description = "What was trained on: T, instead of a quarter of SOURCE.", HelpName = "DIR" };
        Option<string?> heldOut = new("--heldout") { Description = "What was kept from training: H and the yardsticks.", HelpName = "DIR" };
        Option<string?> scale = CommonOptions.Scale();
        var reading = ReadingOptions.Create();
        Option<string?> trainField = FieldOf("train", "--train"), heldOutField = FieldOf("heldout", "--heldout"), samplesField = FieldOf("samples", "samples:");
        Option<int> units = CommonOptions.Units("At most so many images, or passages, in each of the four samples; rates use all.", 1, DefaultUnits);
        Option<long?> reserve = CommonOptions.Reserve();
        Option<string?> group = new("--group")
        {
            Description = "What is dealt together: folder (shots of one scene, pictures of one patient, files of one author); of text also file, section, or a field of "
                + "records (the author). Files, without a word, where that leaves eight in each sample.",
            HelpName = "folder|file|section|FIELD",
        };
        Option<string?> view = CommonOptions.View("The view whose ledger the table, gates and choice use; the others are in the JSON.");
        Option<string?> choose = new("--choose")
        {
            Description = "Choose the cheapest setting of each family for which this holds, over its whole interval (docs/results.md). Default for "
                + "photographs: \"ssimulacra2>=80 and ssimulacra2.worst>=70\".",
            HelpName = "EXPR",
        };
        Option<string[]> compare = new("--compare")
        {
            Description = "Also print the first row less the second, with a joint interval: \"jpeg:q=50,webp:q=50\". May be given several times.",
            HelpName = "A,B",
            DefaultValueFactory = _ => [],
        };
        Option<string?> against = new("--against")
        {
            Description = "Hold every model against this one, which is p: gguf:FILE, model:FILE. What is lost at each token, by domain (the first folder), and whether "
                + "memory or generalization went first (docs/quantization.md).",
            HelpName = "MODEL",
        };
        Option<bool> paired = new("--paired")
        {
            Description = "Compare each image with its reconstruction: PSNR, SSIMULACRA 2, detail lost and invented. --paired false saves the time.",
            DefaultValueFactory = _ => true,
        };
        Option<string[]> gates = new("--fail-if")
        {
            Description = "Exit with 1 if this holds for a row, over its whole interval, or cannot be measured: \"hallucinated>0.05 and rate<1\". May be given several times.",
            HelpName = "EXPR",
            DefaultValueFactory = _ => [],
        };
        Option<string?> json = CommonOptions.Json("docs/results.md");
        Option<string?> outFolder = new("--out")
        {
            Description = "Keep finished work, results.json and exhibits in this folder; the same command goes on where it stopped.",
            HelpName = "DIR",
        };
        var extraction = ExtractionOptions.Create();
        Option<ulong> seed = CommonOptions.Seed();
        Option<int> threads = CommonOptions.Threads();
        Option<MemoryBudget> memory = CommonOptions.Memory();
        Option<int> documents = CommonOptions.Documents();
        var command = new Command("audit", """
            Puts compressors through one instrument: bits spent, and what is lost, memorized, generalized and hallucinated,
            each with its 95 % interval and its floor (what fresh real items score).

            Without arguments: two worlds whose truth is known, pictures through codecs and sentences through language
            models, with the exact ledger beside the estimated one (two minutes on two cores).

            Examples:
              vestige audit
              vestige audit photos jpeg:q=10..90/20
              vestige audit photos jpeg:q=50,chroma=444 webp:q=50 nearest:scale=4 --scale 1/2
              vestige audit photos avif:q=30..70/20 --out run --fail-if "hallucinated>0.1"
              vestige audit novels ngram:order=4 ngram:order=8 transformer:minutes=5
              vestige audit --train trained-on --heldout kept-back samples:generated
              vestige audit --train my-set:train --heldout my-set:test samples:made.parquet --field messages[].content
              vestige audit texts gguf:model-Q8_0.gguf gguf:model-Q4_K_M.gguf --against gguf:model-F16.gguf
              vestige audit --train seeds.jsonl --train-field instances.0.output --heldout others.json samples:made.jsonl
            """) { source, compressors, train, heldOut, scale, group, units, reserve, view, choose, compare, against, paired, gates,
            extraction.Extract, extraction.Prompts, extraction.Canaries, json, outFolder, seed, threads, memory, documents, trainField, heldOutField, samplesField };
        foreach (Option option in reading.All) command.Options.Add(option);
        command.SetAction(parsed => run(parsed, new AuditOptions
        {
            Source = parsed.GetValue(source),
            Compressors = parsed.GetValue(compressors) ?? [],
            Train = parsed.GetValue(train),
            HeldOut = parsed.GetValue(heldOut),
            Scale = parsed.GetValue(scale),
            Reading = reading.Of(parsed) with { Group = parsed.GetValue(group) },
            TrainField = parsed.GetValue(trainField),
            HeldOutField = parsed.GetValue(heldOutField),
            SamplesField = parsed.GetValue(samplesField),
            Units = parsed.GetValue(units),
            Reserve = parsed.GetValue(reserve),
            View = parsed.GetValue(view),
            Extraction = extraction.Plan(parsed, parsed.GetValue(seed)),
            Paired = parsed.GetValue(paired),
            Choose = parsed.GetValue(choose),
            Compare = parsed.GetValue(compare) ?? [],
            Against = parsed.GetValue(against),
            Gates = parsed.GetValue(gates) ?? [],
            Json = parsed.GetValue(json),
            Out = parsed.GetValue(outFolder),
            Seed = parsed.GetValue(seed),
            Threads = parsed.GetValue(threads),
            Memory = parsed.GetRequiredValue(memory),
            MostDocuments = parsed.GetValue(documents),
        }));
        return command;

        static Option<string?> FieldOf(string name, string what) => new($"--{name}-field") { Description = $"The same as --field, for {what} alone.", HelpName = "NAME" };
    }
}
