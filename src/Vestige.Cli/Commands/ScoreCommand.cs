using System.CommandLine;
using System.Globalization;
using System.Text;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Language;
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
        Argument<string> model = new("model") { Description = "A file that vestige train wrote, or a GGUF file." };
        Argument<string> file = new("file") { Description = "Strings, one a line; - reads standard input." };
        Option<string> prompt = new("--prompt") { Description = "What each string goes on from; its bits are not counted.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var command = new Command("score", """
            Says how many bits each line of a file costs under a model, from an empty context: a string that costs much less
            than others like it was in what the model learned from. Columns are separated by tabs.

            Examples:
              vestige score novels.model lines.txt
              vestige score novels.model secrets.txt --prompt "The password is "
            """) { model, file, prompt };
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(model), parsed.GetRequiredValue(file), parsed.GetValue(prompt)!));
        return command;
    }

    private static int Run(Context context, string path, string file, string prompt)
    {
        ITextModel model = ModelFiles.Read(path);
        byte[] given = Encoding.UTF8.GetBytes(prompt);
        double before = given.Length == 0 ? 0 : model.Log2Probability(new Passage(given, "prompt", 0));
        TextWriter results = context.Output.Results;
        results.WriteLine("bits\tbits/character\tcharacters\ttext");
        int scored = 0;
        foreach (string[] lines in Lines(file).Where(line => line.Length > 0).Chunk(Chunk))
        {
            context.Cancel.ThrowIfCancellationRequested();
            double[] scores = model.Log2Probabilities([.. lines.Select((line, i) => new Passage((byte[])[.. given, .. Encoding.UTF8.GetBytes(line)], $"line {i}", 0))]);
            for (int i = 0; i < lines.Length; i++) results.WriteLine(Row(lines[i], before - scores[i]));
            scored += lines.Length;
        }
        return scored > 0 ? ExitStatus.Done : throw new DataException($"{file} holds no string: give one a line");
    }

    private static string Row(string line, double bits)
    {
        int characters = line.EnumerateRunes().Count();
        string shown = string.Concat(line.EnumerateRunes().Take(Shown)) + (characters > Shown ? "…" : "");
        return double.IsFinite(bits)
            ? string.Create(CultureInfo.InvariantCulture, $"{bits:0.00}\t{bits / characters:0.000}\t{characters}\t{Names.Printable(shown)}")
            : $"impossible\t-\t{characters.ToString(CultureInfo.InvariantCulture)}\t{Names.Printable(shown)}";
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
