using System.CommandLine;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Language;
using Vestige.Language.Registry;
using Vestige.Models.Making;
using Vestige.Results;

namespace Vestige.Cli.Making;

/// <summary><c>vestige export</c>: a model that was trained here for programs of others.</summary>
internal static class ExportCommand
{
    internal static Command Create(Context context)
    {
        Argument<string> model = new("model") { Description = "A Transformer that vestige train wrote, with norm=rms, activation=swiglu, positions=rotary." };
        Option<string> gguf = new("--gguf") { Description = "Write it as a GGUF file, which llama.cpp runs.", HelpName = "FILE", Required = true };
        var command = new Command("export", """
            Writes a trained Transformer as a GGUF file, with the same probabilities, for llama.cpp and what is built on it.

            Examples:
              vestige train novels transformer:minutes=10,activation=swiglu --out my.model
              vestige export my.model --gguf my.gguf
              vestige quantize my.gguf F16 Q8_0 Q4_K_M
              vestige audit --train novels --heldout others gguf:my-Q8_0.gguf gguf:my-Q4_K_M.gguf --against gguf:my.gguf
            """) { model, gguf };
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(model), parsed.GetRequiredValue(gguf)));
        return command;
    }

    private static int Run(Context context, string path, string file)
    {
        ITextModel model;
        try
        {
            model = TextModelFile.Read(path);
        }
        catch (InvalidDataException e)
        {
            throw new DataException(e.Message);
        }
        if (GgufExport.WhyNot(model) is { } why) throw new DataException($"{path} cannot be written as GGUF: {why}");
        using OutputPlace place = OutputPlace.File("--gguf", file, new Inputs([path]), OwnFile.Gguf);
        place.Write(stream => GgufExport.Write(stream, model));
        context.Output.Results.WriteLine($"{Names.Printable(place.Path)}: {AuditTable.Size(new FileInfo(place.Path).Length)}, the same probabilities as {Names.Printable(path)}");
        return ExitStatus.Done;
    }
}
