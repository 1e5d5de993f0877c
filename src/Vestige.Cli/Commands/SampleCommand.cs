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
using Vestige.Models.Endpoints;
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
        Argument<string> model = new("model")
        {
            Description = "A file that vestige train wrote, a GGUF file (gguf:FILE,flash=true for how it is run), or endpoint:URL,model=NAME.",
        };
        Option<string> prompt = new("--prompt") { Description = "What each text goes on from.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        Option<int> count = Whole("--count", "Texts to draw.", 1, 1_000_000, 1);
        Option<int> length = Whole("--length", "Bytes to draw of each, after the prompt.", 1, 100_000_000, 512);
        Option<ulong> seed = CommonOptions.Seed();
        (Option<string> Option, OptionSpec Spec)[] sampling = [.. SamplingOptions.Specs.Select(spec => (Text(spec), spec))];
        Option<string?> folder = new("--out")
        {
            Description = "Write each text to a file of its own in this folder instead of printing them: .txt, or "
            + ".jsonl with its exact bytes where they are no text; samples:DIR reads both. Broken off, the same command goes on.",
            HelpName = "DIR"
        };
        var command = new Command("sample", """
            Draws texts from a model. The same seed draws the same texts; text 7 is the same however many are drawn.

            Examples:
              vestige sample novels.model
              vestige sample novels.model --prompt "It was a " --count 3 --length 200 --temperature 0.8
              vestige sample novels.model --count 500 --top-p 0.9 --out drawn
              vestige sample endpoint:http://localhost:8080,model=NAME,temperature=0.8 --count 500 --out drawn
              vestige audit --train novels --heldout others samples:drawn
            """) { model, prompt, count, length, seed, folder };
        foreach ((Option<string> option, OptionSpec _) in sampling) command.Add(option);
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(model);
            if (EndpointModel.IsNamed(name) && sampling.FirstOrDefault(s => parsed.GetResult(s.Option) is { Implicit: false }).Spec is { } own)
            {
                throw new UsageException($"--{own.Name.Replace('_', '-')} is of models here; a server is told in its name: "
                    + $"{EndpointCompressor.Row.Name}:URL,model=NAME,temperature=0.8,top_p=0.9");
            }
            string[] values = [.. sampling.Select(s => Value(s.Spec, parsed.GetValue(s.Option)!))];
            var options = new SamplingOptions(Real(values[0]), (int)Real(values[2]), Real(values[1]));
            var draw = new Draw(context, name, parsed.GetValue(prompt)!, parsed.GetValue(count), parsed.GetValue(length),
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
        // In the folder while texts are missing: what they are drawn from and how.
        private const string Marker = ".vestige-drawing";

        private bool IsServer => EndpointModel.IsNamed(Model);

        internal int Run(string? folder)
        {
            using OutputPlace? place = folder is null ? null : OutputPlace.Folder("--out", folder, IsServer ? new Inputs([]) : new Inputs([ModelFiles.PathOf(Model)]), any: true);
            (string identity, Func<int[], Action<double>, IEnumerable<byte[]>> drawn) = IsServer ? OfServer() : OfFile();
            HashSet<int> there = place is null ? [] : Begin(place, identity);
            int[] missing = [.. Enumerable.Range(0, Count).Where(number => !there.Contains(number))];
            using ProgressLine progress = Context.Output.Progress();
            int done = 0, without = 0;
            foreach (byte[] text in drawn(missing, share => progress.Report(new WorkProgress("sampling", share))))
            {
                int number = missing[done++] + 1;
                if (IsServer && text.Length == 0) without++;
                else if (place is null) Print(number, text);
                else Write(place, number, [.. Encoding.UTF8.GetBytes(Prompt), .. text]);
            }
            // What has no text is no document, and is asked for once more by the same command.
            if (without > 0)
            {
                Context.Output.Note($"{without} of {missing.Length} texts are missing: the server answered each time without one"
                    + (place is null ? "" : "; the same command asks for them again"));
            }
            else if (place is not null)
            {
                File.Delete(place.At(Marker));
            }
            return ExitStatus.Done;
        }

        private (string, Func<int[], Action<double>, IEnumerable<byte[]>>) OfFile()
        {
            ITextModel model = ModelFiles.Read(Model);
            foreach (string notice in model.Notices) Context.Output.Note($"{Model} {notice}");
            model = model.Drawing(Model, Sampling, Length);
            // What a model is run with changes what it writes.
            return ($"{model.Identity} {ModelFiles.OptionsOf(Model)}".TrimEnd(), (numbers, progress) => InChunks(model, numbers, progress));
        }

        private IEnumerable<byte[]> InChunks(ITextModel model, int[] numbers, Action<double> progress)
        {
            byte[] prompt = Encoding.UTF8.GetBytes(Prompt);
            for (int at = 0; at < numbers.Length;)
            {
                // What follows one another is drawn together.
                int some = 1, before = at;
                while (some < Chunk && at + some < numbers.Length && numbers[at + some] == numbers[at] + some) some++;
                var share = new Share(done => progress((before + (done * some)) / numbers.Length));
                foreach (byte[] text in model.Sample(some, Length, prompt, Seed, numbers[at], share, Context.Cancel)) yield return text;
                at += some;
            }
        }

        private (string, Func<int[], Action<double>, IEnumerable<byte[]>>) OfServer()
        {
            var model = EndpointModel.Open(Model, Prompt, Length, scores: false, Context.Cancel);
            foreach (string notice in model.Notices) Context.Output.Note(notice);
            return (model.Identity, (numbers, progress) => model.Draw(numbers, Seed, Context.Cancel).Select((text, i) =>
            {
                progress((i + 1.0) / numbers.Length);
                return text;
            }));
        }

        /// <summary>Marks the folder as begun, or finds which texts a run of the same command left there.</summary>
        /// <returns>Numbers of texts, from 0.</returns>
        private HashSet<int> Begin(OutputPlace place, string identity)
        {
            string[] files = [.. Directory.EnumerateFileSystemEntries(place.Path).Select(file => Path.GetFileName(file))];
            string marker = place.At(Marker), settings = string.Create(CultureInfo.InvariantCulture,
                $"{identity} seed {Seed} count {Count} length {Length} temperature {Sampling.Temperature} top_k {Sampling.TopK} top_p {Sampling.TopP} prompt {Prompt}");
            if (files.Length > 0 && (!File.Exists(marker) || File.ReadAllText(marker) != settings))
                throw new DataException($"--out {place.Path} is not empty: texts of two runs would be taken for one; name another folder");
            if (files.Length == 0) place.Write(Marker, Encoding.UTF8.GetBytes(settings));
            var names = files.Select(Path.GetFileNameWithoutExtension).ToHashSet();
            return [.. Enumerable.Range(0, Count).Where(number => names.Contains(NameOf(number + 1)))];
        }

        private void Write(OutputPlace place, int number, byte[] text)
        {
            (string extension, byte[] content) = KeptText.Of(text);
            place.Write(NameOf(number) + extension, content);
        }

        private string NameOf(int number) => number.ToString("D" + Count.ToString(CultureInfo.InvariantCulture).Length, CultureInfo.InvariantCulture);

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
