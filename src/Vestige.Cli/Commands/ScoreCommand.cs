using System.CommandLine;
using System.Globalization;
using System.Text;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Models.Endpoints;
using Vestige.Results;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige score</c>: what given strings cost under a model.</summary>
internal static class ScoreCommand
{
    // Strings that are scored together.
    private const int Chunk = 256;

    // Characters of a string that are shown.
    private const int Shown = 60;

    internal static Command Create(Context context)
    {
        Argument<string> model = new("model")
        {
            Description = "A file that vestige train wrote, a GGUF file (gguf:FILE,flash=true for how it is run), or endpoint:URL,model=NAME.",
        };
        Argument<string> file = new("file") { Description = "Strings, one a line; - reads standard input." };
        Option<string> prompt = new("--prompt") { Description = "What each string goes on from; its bits are not counted.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var command = new Command("score", """
            Says how many bits each line of a file costs under a model, from an empty context: a string that costs much less
            than others like it was in what the model learned from. Columns are separated by tabs.

            Examples:
              vestige score novels.model lines.txt
              vestige score novels.model secrets.txt --prompt "The password is "
              vestige score endpoint:http://localhost:8080,model=NAME secrets.txt
            """) { model, file, prompt };
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(model), parsed.GetRequiredValue(file), parsed.GetValue(prompt)!));
        return command;
    }

    private static int Run(Context context, string model, string file, string prompt)
    {
        string[] lines = [.. Lines(file).Where(line => line.Length > 0)];
        if (lines.Length == 0) throw new DataException($"{file} holds no string: give one a line");
        TextWriter results = context.Output.Results;
        Func<string[], IEnumerable<(double Least, double Most)>> bits = EndpointModel.IsNamed(model) ? OfServer(context, model, prompt, lines) : OfFile(model, prompt);
        results.WriteLine("bits\tbits/character\tcharacters\ttext");
        using ProgressLine progress = context.Output.Progress();
        int done = 0;
        foreach (string[] some in lines.Chunk(Chunk))
        {
            context.Cancel.ThrowIfCancellationRequested();
            foreach ((double least, double most) in bits(some))
            {
                results.WriteLine(Row(lines[done], least, most));
                progress.Report(new WorkProgress("scoring", (double)++done / lines.Length));
            }
        }
        return ExitStatus.Done;
    }

    private static Func<string[], IEnumerable<(double Least, double Most)>> OfFile(string name, string prompt)
    {
        ITextModel model = ModelFiles.Read(name);
        byte[] given = Encoding.UTF8.GetBytes(prompt);
        double before = given.Length == 0 ? 0 : model.Log2Probability(new Passage(given, "prompt", 0));
        return lines => model.Log2Probabilities([.. lines.Select((line, i) => new Passage((byte[])[.. given, .. Encoding.UTF8.GetBytes(line)], $"line {i}", 0))])
            .Select(score => (before - score, before - score));
    }

    private static Func<string[], IEnumerable<(double Least, double Most)>> OfServer(Context context, string name, string prompt, string[] all)
    {
        var model = EndpointModel.Open(name, "", 1, scores: true, context.Cancel);
        foreach (string notice in model.Notices) context.Output.Note(notice);
        if (model.WhySilent is { } why) throw new DataException($"{name} scores nothing: {why}");
        if (model.WhyBounded is { } bounded) context.Output.Note($"{bounded}: where a line goes on with none of them, its bits are at least so many");
        model.Announce(all.Length, all.Sum(Encoding.UTF8.GetByteCount));
        return lines => lines.Select(line => model.Bits(prompt, line, context.Cancel));
    }

    private static string Row(string line, double least, double most)
    {
        int characters = line.EnumerateRunes().Count();
        string shown = string.Concat(line.EnumerateRunes().Take(Shown)) + (characters > Shown ? "…" : ""), tail = Names.Printable(shown);
        if (double.IsNaN(least) || double.IsInfinity(least)) return string.Create(CultureInfo.InvariantCulture, $"impossible\t-\t{characters}\t{tail}");
        string from = least < most ? ">=" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{from}{least:0.00}\t{from}{least / characters:0.000}\t{characters}\t{tail}");
    }

    private static string[] Lines(string file)
    {
        try
        {
            if (file != "-") return File.ReadAllLines(file);
            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
            return [.. input.ReadToEnd().Split('\n').Select(line => line.TrimEnd('\r'))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{file} cannot be read: {e.Message}");
        }
    }
}
