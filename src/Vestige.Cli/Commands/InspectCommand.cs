using System.CommandLine;
using Vestige.Cli.Options;
using Vestige.Files;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige inspect</c>: one picture and what became of it.</summary>
internal static class InspectCommand
{
    internal static Command Create(Context context)
    {
        Argument<string> original = new("original") { Description = "An image; or a folder of images, with one folder of reconstructions." };
        Argument<string[]> others = new("others")
        {
            Description = "Reconstructions (files), and compressors to make some with: jpeg:q=10..90/20.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> plain = new("--plain")
        {
            Description = "Look for substitutions beside this codec at about the same bytes, which loses as much and exchanges nothing: \"jpeg:q=5..95/5\".",
            HelpName = "CODEC",
        };
        Option<string?> outFolder = new("--out") { Description = "Write maps of what was lost and invented, the worst tiles and results.json into this folder.", HelpName = "DIR" };
        Option<string?> json = CommonOptions.Json("docs/results.md");
        Option<bool> imagine = new("--imagine")
        {
            Description = "Of a JPEG alone: write the mean of what it may have been, draws from that, and a map of what the file does not determine, into --out.",
        };
        Option<string?> prior = new("--prior") { Description = "What pictures look like, for --imagine: a file of 'vestige train PHOTOS prior'.", HelpName = "FILE" };
        Option<int> samples = new("--samples") { Description = "Draws of --imagine, 2 to 64.", HelpName = "N", DefaultValueFactory = _ => 4 };
        samples.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value is < 2 or > 64)
                result.AddError($"--samples {value}: it takes a whole number from 2 to 64");
        });
        Option<MemoryBudget> memory = CommonOptions.Memory();
        var command = new Command("inspect", """
            Says what each reconstruction of a picture lost and what it invented: shift, PSNR, SSIMULACRA 2, detail lost and invented,
            and how its tiles read: faithful, blurred, artefact, or substituted.

            Examples:
              vestige inspect photo.png photo.jpg
              vestige inspect photo.png jpeg:q=10..90/20 nearest:scale=4 --out maps
              vestige inspect originals reconstructions
              vestige inspect photo.jpg
              vestige inspect photo.jpg --imagine --prior photos.prior --out imagined
            """) { original, others, plain, outFolder, json, imagine, prior, samples, memory };
        command.SetAction(parsed => InspectRun.Run(context, new InspectOptions(
            parsed.GetValue(original)!, parsed.GetValue(others) ?? [], parsed.GetValue(outFolder), parsed.GetValue(json))
        {
            Plain = parsed.GetValue(plain),
            Imagine = parsed.GetValue(imagine),
            Prior = parsed.GetValue(prior),
            Samples = parsed.GetValue(samples),
            Memory = parsed.GetRequiredValue(memory),
        }));
        return command;
    }
}

/// <summary>What the user asked <c>vestige inspect</c> for.</summary>
internal sealed record InspectOptions(string Original, IReadOnlyList<string> Others, string? Out, string? Json)
{
    /// <summary>A codec whose settings substitutions are looked for beside.</summary>
    internal string? Plain { get; init; }

    /// <summary>Whether to imagine what the file does not say.</summary>
    internal bool Imagine { get; init; }

    /// <summary>The file of the prior for that.</summary>
    internal string? Prior { get; init; }

    /// <summary>Draws of that.</summary>
    internal int Samples { get; init; } = 4;

    /// <summary>What a picture may take while it is worked on; null for no limit.</summary>
    internal MemoryBudget? Memory { get; init; }
}
