using System.CommandLine;
using System.Globalization;
using System.Text;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Sources;
using Vestige.Results;
using Vestige.Specs;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige sample</c>: texts drawn from a model.</summary>
internal static class SampleCommand
{
    // Texts that are drawn together, and written before the next.
    private const int Chunk = 64;

    internal static Command Create(Context context)
    {
        Argument<string> model = new("model") { Description = "A file that vestige train wrote, or a GGUF file." };
        Option<string> prompt = new("--prompt") { Description = "What each text goes on from.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        Option<int> count = Whole("--count", "Texts to draw.", 1, 1_000_000, 1);
        Option<int> length = Whole("--length", "Bytes to draw of each, after the prompt.", 1, 100_000_000, 512);
        Option<ulong> seed = CommonOptions.Seed();
        (Option<string> Option, OptionSpec Spec)[] sampling = [.. SamplingOptions.Specs.Select(spec => (Text(spec), spec))];
        Option<string?> folder = new("--out")
        {
            Description = "Write each text to a file of its own in this folder instead of printing them: .txt, or "
            + ".jsonl with its exact bytes where they are no text; samples:DIR reads both.",
            HelpName = "DIR"
        };
        var command = new Command("sample", """
            Draws texts from a model. The same seed draws the same texts; text 7 is the same however many are drawn.

            Examples:
              vestige sample novels.model
              vestige sample novels.model --prompt "It was a " --count 3 --length 200 --temperature 0.8
              vestige sample novels.model --count 500 --top-p 0.9 --out drawn
              vestige audit --train novels --heldout others samples:drawn
            """) { model, prompt, count, length, seed, folder };
        foreach ((Option<string> option, OptionSpec _) in sampling) command.Add(option);
        command.SetAction(parsed =>
        {
            string[] values = [.. sampling.Select(s => Value(s.Spec, parsed.GetValue(s.Option)!))];
            var options = new SamplingOptions(Real(values[0]), (int)Real(values[2]), Real(values[1]));
            var draw = new Draw(context, parsed.GetRequiredValue(model), parsed.GetValue(prompt)!, parsed.GetValue(count), parsed.GetValue(length),
                parsed.GetValue(seed), options);
            return draw.Run(parsed.GetValue(folder));
        });
        return command;
    }

    private static Option<int> Whole(string name, string description, int least, int most, int initial)
    {
        Option<int> option = new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => initial };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && (value < least || value > most))
                result.AddError($"{name} {value}: it takes a whole number from {least} to {most}");
        });
        return option;
    }

    // --top-p for top_p.
    private static Option<string> Text(OptionSpec spec) => new("--" + spec.Name.Replace('_', '-'))
    {
        Description = $"{char.ToUpperInvariant(spec.Description[0])}{spec.Description[1..]} ({spec.Range}).",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => spec.Default,
    };

    private static string Value(OptionSpec spec, string text)
    {
        try
        {
            return spec.Parse(text, 1)[0];
        }
        catch (SpecException)
        {
            throw new UsageException($"--{spec.Name.Replace('_', '-')} {text}: it takes a {(spec.Kind == OptionKind.WholeNumber ? "whole number" : "number")}, {spec.Range}");
        }
    }

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Draw(Context Context, string Model, string Prompt, int Count, int Length, ulong Seed, SamplingOptions Sampling)
    {
        internal int Run(string? folder)
        {
            ITextModel model = Read();
            using OutputPlace? place = folder is null ? null : Prepare(folder);
            byte[] prompt = Encoding.UTF8.GetBytes(Prompt);
            using ProgressLine progress = Context.Output.Progress();
            for (int first = 0; first < Count; first += Chunk)
            {
                int some = Math.Min(Chunk, Count - first), before = first;
                var share = new Share(done => progress.Report(new WorkProgress("sampling", (before + (done * some)) / Count)));
                byte[][] texts = model.Sample(some, Length, prompt, Seed, first, share, Context.Cancel);
                for (int i = 0; i < some; i++)
                {
                    if (place is null) Print(first + i + 1, texts[i]);
                    else Write(place, first + i + 1, [.. prompt, .. texts[i]]);
                }
            }
            return ExitStatus.Done;
        }

        private ITextModel Read()
        {
            ITextModel model = ModelFiles.Read(Model);
            foreach (string notice in model.Notices) Context.Output.Note($"{Model} {notice}");
            return model.Drawing(Model, Sampling, Length);
        }

        private OutputPlace Prepare(string folder)
        {
            var place = OutputPlace.Folder("--out", folder, new Inputs([Model]));
            return !Directory.EnumerateFileSystemEntries(folder).Any() ? place
                : throw new DataException($"--out {folder} is not empty: texts of two runs would be taken for one; name another folder");
        }

        private void Write(OutputPlace place, int number, byte[] text)
        {
            (string extension, byte[] content) = KeptText.Of(text);
            place.Write(number.ToString("D" + Count.ToString(CultureInfo.InvariantCulture).Length, CultureInfo.InvariantCulture) + extension, content);
        }

        // On a terminal a text may do no more than be read.
        private void Print(int number, byte[] text)
        {
            TextWriter results = Context.Output.Results;
            if (Count > 1) results.WriteLine($"--- {number} of {Count} ---");
            string[] lines = (Prompt + Encoding.UTF8.GetString(text)).Split('\n');
            results.WriteLine(string.Join(Environment.NewLine, lines.Select(Names.Printable)));
        }
    }

    private sealed class Share(Action<double> told) : IProgress<double>
    {
        public void Report(double value) => told(value);
    }
}
