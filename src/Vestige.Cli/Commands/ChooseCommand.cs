using System.CommandLine;
using Vestige.Cli.Options;
using Vestige.Images.Choosing;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige choose</c>: for each image the cheapest setting that meets a target.</summary>
internal static class ChooseCommand
{
    internal static Command Create(Context context)
    {
        Argument<string> source = new("source") { Description = "A folder of images, or one image." };
        Argument<string> codec = new("codec") { Description = "A codec whose q is searched: webp, \"avif:effort=6\", \"jpeg:q=40..95\"." };
        Option<string> target = new("--target")
        {
            Description = $"What each image is to meet, a measure and a number: {QualityTarget.Measures}.",
            HelpName = "TARGET",
            Required = true,
        };
        Option<string> outFolder = new("--out")
        {
            Description = "Write the coded images (images/) and choices.csv into this folder; the same command "
            + "goes on where it stopped.",
            HelpName = "DIR",
            Required = true
        };
        Option<int> threads = CommonOptions.Threads();
        var command = new Command("choose", """
            Searches each image's cheapest setting of a codec that meets a target, with six codings of it at the most (and of a JPEG one at its own
            quality), writes the files, and says what that saves beside one setting for all images whose worst 5 % are no worse.

            The files hold 8-bit sRGB, upright, and no metadata.

            Exit status: 1 where an image does not reach the target, 3 where one cannot be used.

            Examples:
              vestige choose photos webp --target "ssimulacra2>=80" --out smaller
              vestige choose photos avif:q=30..80,effort=6 --target "visibleLost<=0.05" --out smaller
            """) { source, codec, target, outFolder, threads };
        command.SetAction(parsed => ChooseRun.Run(context, new ChooseOptions(
            parsed.GetValue(source)!, parsed.GetValue(codec)!, parsed.GetValue(target)!, parsed.GetValue(outFolder)!, parsed.GetValue(threads))));
        return command;
    }
}

/// <summary>What the user asked <c>vestige choose</c> for.</summary>
internal sealed record ChooseOptions(string Source, string Codec, string Target, string Out, int Threads);
