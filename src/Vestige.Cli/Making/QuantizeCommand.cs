using System.CommandLine;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Models.Llama;
using Vestige.Models.Making;
using Vestige.Results;
using Vestige.Specs;

namespace Vestige.Cli.Making;

/// <summary><c>vestige quantize</c>: a GGUF file with its weights packed.</summary>
internal static class QuantizeCommand
{
    internal static Command Create(Context context)
    {
        Argument<string> file = new("file") { Description = "A GGUF file, best of 32 or 16 bits." };
        Argument<string[]> types = new("types") { Description = "Types by llama.cpp's names: F16, Q8_0, Q6_K, Q4_K_M, Q2_K ...", Arity = ArgumentArity.OneOrMore };
        Option<string?> folder = new("--out") { Description = "Where the files go; beside FILE without a word.", HelpName = "DIR" };
        var command = new Command("quantize", """
            Packs the weights of a GGUF file into fewer bits, as llama.cpp does: FILE-Q8_0.gguf and so on. A file of that name is replaced.

            Examples:
              vestige quantize my.gguf F16 Q8_0 Q4_K_M Q2_K
              vestige audit texts gguf:my-Q4_K_M.gguf --against gguf:my.gguf
            """) { file, types, folder };
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(file), parsed.GetRequiredValue(types), parsed.GetValue(folder)));
        return command;
    }

    private static int Run(Context context, string file, IReadOnlyList<string> types, string? folder)
    {
        if (types.FirstOrDefault(type => !GgufQuantizer.Types.Contains(type)) is { } unknown)
            throw new UsageException($"there is no type \"{unknown}\".{Suggestion.For(unknown, GgufQuantizer.Types)} There are: {string.Join(", ", GgufQuantizer.Types)}");
        if (LlamaLibrary.WhyAbsent() is { } absent) throw new UsageException($"quantize needs llama.cpp, and {absent}");
        folder ??= Path.GetDirectoryName(Path.GetFullPath(file))!;
        var inputs = new Inputs([file]);
        foreach (string type in types.Distinct())
        {
            context.Cancel.ThrowIfCancellationRequested();
            string path = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}-{type}.gguf");
            using OutputPlace place = OutputPlace.File("quantize", path, inputs, OwnFile.Gguf);
            // The library writes where it is told, and may stop halfway: what is whole is then put in place.
            string made = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            try
            {
                foreach (string notice in GgufQuantizer.Quantize(file, made, type)) context.Output.Note($"{type}: {notice}");
                place.Write(stream =>
                {
                    using FileStream whole = File.OpenRead(made);
                    whole.CopyTo(stream);
                });
            }
            catch (InvalidDataException e)
            {
                throw new DataException(e.Message);
            }
            finally
            {
                File.Delete(made);
            }
            context.Output.Results.WriteLine($"{Names.Printable(place.Path)}: {AuditTable.Size(new FileInfo(place.Path).Length)}");
        }
        return ExitStatus.Done;
    }
}
