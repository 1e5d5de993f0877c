using System.CommandLine;
using System.Globalization;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Compressors;
using Vestige.Language.CodedFiles;
using Vestige.Results;
using Vestige.Specs;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige encode</c> and <c>vestige decode</c>: files without loss, by a model's probabilities.</summary>
internal static class EncodeCommand
{
    private const string Extension = ".vestige";

    internal static Command CreateEncode(Context context)
    {
        Argument<string[]> files = Files("Files of any bytes.");
        Option<string> model = new("--model")
        {
            Description = $"A file that vestige train wrote, or what needs none: {string.Join(" or ", TextCoding.Learners.Select(row => row.Usage))}.",
            HelpName = "MODEL",
            Required = true,
        };
        Option<string?> output = Place($"The coded file, or a folder for several; FILE{Extension} beside each unless given.");
        var command = new Command("encode", """
            Codes files without loss by the probabilities of a model. They decode to the same bytes on any machine, with any number of threads.

            Examples:
              vestige encode novel.txt --model cm
              vestige train novels ppm:order=8 --out novels.ppm
              vestige encode a.txt b.txt --model novels.ppm --out coded
              vestige decode coded/a.txt.vestige --model novels.ppm --out a-again.txt
            """) { files, model, output };
        command.SetAction(parsed =>
        {
            string named = parsed.GetRequiredValue(model);
            TextCoding coding = Coding(named);
            return Run(context, "coding", parsed.GetRequiredValue(files), parsed.GetValue(output), named, file => file + Extension, OwnFile.Coded, (from, to, progress) =>
            {
                long? length = from.CanSeek ? from.Length : null;
                (long bytes, long coded) = CodedFile.Encode(from, length, to, coding, progress, context.Cancel);
                string rate = bytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {8.0 * coded / bytes:0.000} bits/byte");
                return string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes in {coded:N0}{rate}");
            });
        });
        return command;
    }

    internal static Command CreateDecode(Context context)
    {
        Argument<string[]> files = Files("Files that vestige encode wrote.");
        Option<string?> model = new("--model") { Description = "The model's file that they were coded by, where they were.", HelpName = "FILE" };
        Option<string?> output = Place($"The decoded file, or a folder for several; FILE without {Extension} unless given.");
        var command = new Command("decode", """
            Decodes files that vestige encode wrote, or says why it cannot.

            Examples:
              vestige decode novel.txt.vestige --out again.txt
              vestige decode a.txt.vestige --model novels.ppm --out again.txt
            """) { files, model, output };
        command.SetAction(parsed =>
        {
            string? named = parsed.GetValue(model);
            TextCoding? coding = named is null ? null : Coding(named);
            return Run(context, "decoding", parsed.GetRequiredValue(files), parsed.GetValue(output), named, Decoded, OwnFile.Unknown, (from, to, progress) =>
                string.Create(CultureInfo.InvariantCulture, $"{CodedFile.Decode(from, to, coding, progress, context.Cancel):N0} bytes"));
        });
        return command;
    }

    private static Argument<string[]> Files(string description) => new("files") { Description = description, Arity = ArgumentArity.OneOrMore };

    private static Option<string?> Place(string description) => new("--out") { Description = description, HelpName = "PLACE" };

    private static string Decoded(string file) => file.EndsWith(Extension, StringComparison.Ordinal) && Path.GetFileName(file).Length > Extension.Length
        ? file[..^Extension.Length]
        : file + ".decoded";

    private static TextCoding Coding(string model)
    {
        try
        {
            return TextCoding.Of(model);
        }
        catch (SpecException e)
        {
            throw new UsageException(e.Message.TrimEnd('.'));
        }
        catch (InvalidDataException e)
        {
            throw new DataException(e.Message);
        }
    }

    private static int Run(Context context, string what, string[] files, string? output, string? model, Func<string, string> name, OwnFile kind,
        Func<Stream, Stream, Action<double>, string> code)
    {
        string option = output is null ? "the file" : "--out";
        var inputs = new Inputs([.. files, .. model is null ? Array.Empty<string>() : [model]]);
        bool isFolder = output is not null && (files.Length > 1 || Directory.Exists(output));
        string[] places = [.. files.Select(file => output is null ? name(file) : isFolder ? Path.Combine(output, Path.GetFileName(name(file))) : output)];
        if (places.GroupBy(place => place).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new UsageException($"{twice.Key} would be written twice: two of the files have one name; do them one at a time");
        // All places before the first is written.
        using OutputPlace? folder = isFolder ? OutputPlace.Folder("--out", output!, inputs, any: true) : null;
        foreach (string place in places)
            using (OutputPlace.File(option, place, inputs, kind, makeFolder: false)) { }
        for (int i = 0; i < files.Length; i++)
        {
            string done = "";
            using (ProgressLine progress = context.Output.Progress())
            {
                using FileStream from = Open(files[i]);
                var report = new WorkProgress($"{what} {Names.Printable(Path.GetFileName(files[i]))}", 0);
                void Write(Stream to) => done = Guarded(files[i], () => code(from, to, share => progress.Report(report with { Done = share })));
                if (folder is not null)
                {
                    folder.Write(Path.GetFileName(places[i]), Write);
                }
                else
                {
                    using OutputPlace place = OutputPlace.File(option, places[i], inputs, kind, makeFolder: false);
                    place.Write(Write);
                }
            }
            context.Output.Results.WriteLine($"{Names.Printable(places[i])}: {done}");
        }
        return ExitStatus.Done;
    }

    private static FileStream Open(string file)
    {
        if (Directory.Exists(file)) throw new DataException($"{file} is a folder; name files");
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{file} cannot be read: {e.Message}");
        }
    }

    private static string Guarded(string file, Func<string> code)
    {
        try
        {
            return code();
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{file}: {e.Message}");
        }
    }
}
