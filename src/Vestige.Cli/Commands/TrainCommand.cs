using System.CommandLine;
using System.Security.Cryptography;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Making;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Registry;
using Vestige.Language.Sources;
using Vestige.Results;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige train</c>: a language model from text to a file, or a prior from images.</summary>
internal static class TrainCommand
{
    private const string CheckpointExtension = ".checkpoint";

    // Of files that could not be used.
    private const int MostNamed = 10;

    private static CompressorRow<Passage>[] Rows { get; } = [.. TextDomain.Trainable];

    internal static Command Create(Context context)
    {
        Argument<string> source = new("source")
        {
            Description = "A folder of text (.txt, .md, .jsonl, or what --ext names, also .gz), searched recursively, or one file; for 'prior' images.",
        };
        Argument<string> compressor = new("compressor")
        {
            Description = $"What to train: {string.Join(", ", Rows.Select(row => row.Name))}, with "
            + $"options as in 'vestige codecs'; or {TrainPrior.Name}, of images: what decoders imagine by."
        };
        Option<string> output = new("--out") { Description = "The model's file. While it trains, FILE.checkpoint holds the run.", HelpName = "FILE", Required = true };
        Option<bool> resume = new("--resume") { Description = "Go on from FILE.checkpoint, if there is one." };
        Option<double> every = new("--save-every")
        {
            Description = "Seconds from one checkpoint to the next; 0 after every step.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 30
        };
        every.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, out double seconds) && seconds is not (>= 0 and <= 1e6))
                result.AddError($"--save-every {result.Tokens[0].Value}: it takes a number from 0 to 1000000");
        });
        var reading = ReadingOptions.Create();
        Option<int?> threads = CommonOptions.TrainingThreads();
        Option<int> documents = CommonOptions.Documents();
        var command = new Command("train", """
            Trains a language model over bytes on all of a text, and writes it to a file; or learns from images what decoders imagine by.
            Ctrl-C saves; the same command with --resume goes on, and ends with the weights of an unbroken run.

            Examples:
              vestige train novels transformer:minutes=10 --out novels.model
              vestige train novels transformer:layers=2,width=128,steps=500 --out small.model --threads 1
              vestige train novels transformer:minutes=10 --out novels.model --resume
              vestige train novels ngram:order=6 --out novels.ngram
              vestige train photos prior --out photos.prior
              vestige sample novels.model --prompt "It was a "
              vestige audit --train novels --heldout others model:novels.model
            """) { source, compressor, output, resume, every, threads, documents };
        foreach (Option option in reading.All) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var asked = new SourceRequest(parsed.GetRequiredValue(source), null, 0) { Text = reading.Of(parsed), MostDocuments = parsed.GetValue(documents) };
            string name = parsed.GetRequiredValue(compressor), file = parsed.GetRequiredValue(output);
            return name == TrainPrior.Name ? TrainPrior.Run(context, asked, file)
                : Run(context, asked, name, file, parsed.GetValue(resume), TimeSpan.FromSeconds(parsed.GetValue(every)), parsed.GetValue(threads));
        });
        return command;
    }

    private static int Run(Context context, SourceRequest source, string compressor, string file, bool resume, TimeSpan every, int? threads)
    {
        ITextTrainer trainer = Trainer(compressor);
        string checkpoint = file + CheckpointExtension;
        var inputs = new Inputs([source.Path]);
        using OutputPlace place = OutputPlace.File("--out", file, inputs, OwnFile.Model, makeFolder: false),
            kept = OutputPlace.File("--out", checkpoint, inputs, OwnFile.Model, makeFolder: false);
        bool begun = File.Exists(checkpoint);
        if (begun && !resume)
            throw new UsageException($"{checkpoint} holds a run that was broken off: give --resume to go on with it, or remove it to begin anew");

        TextFolder text;
        using (ProgressLine progress = context.Output.Progress())
        {
            text = TextDomain.Open(source, progress, context.Cancel);
        }
        foreach (string notice in text.Notices.Concat(Unusable(text))) context.Output.Note(notice);
        Entry<Passage>[] documents = [.. Enumerable.Range(0, text.Documents.Count).Select(i => new Entry<Passage>(text, i))];
        if (resume && !begun && File.Exists(file)) return Finished(context, trainer, new TrainingJob(documents) { Threads = threads }, file);
        TrainedText trained;
        using (ProgressLine progress = context.Output.Progress())
        {
            var job = new TrainingJob(documents)
            {
                Threads = threads,
                Checkpoint = begun ? checkpoint : null,
                SaveEvery = every,
                Save = kept.Write,
            };
            trained = Train(trainer, job, source.Path, progress, context.Cancel);
        }
        return Finish(context, trained, place, checkpoint);
    }

    private static ITextTrainer Trainer(string compressor)
    {
        IReadOnlyList<Spec> specs;
        try
        {
            specs = Spec.Parse(compressor, Rows);
        }
        catch (SpecException e)
        {
            throw new UsageException(e.Message.TrimEnd('.'));
        }
        return specs.Count == 1 ? (ITextTrainer)CompressorChoice.Make<Passage>(specs[0])!
            : throw new UsageException($"{compressor} stands for {specs.Count} models; train one at a time");
    }

    private static TrainedText Train(ITextTrainer trainer, TrainingJob job, string source, ProgressLine progress, CancellationToken cancel)
    {
        try
        {
            return trainer.Train(job, progress, cancel);
        }
        catch (UnusableDocumentException e)
        {
            throw new DataException($"{source}: {e.Message}");
        }
        catch (InvalidDataException e)
        {
            throw new DataException(e.Message);
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException("interrupted; nothing was written");
        }
    }

    /// <summary>There is nothing to go on with: the model is the one asked for, or the user means another.</summary>
    private static int Finished(Context context, ITextTrainer trainer, TrainingJob job, string file)
    {
        string? unlike;
        try
        {
            unlike = trainer.Unlike(TextModelFile.Read(file), job);
        }
        catch (InvalidDataException e)
        {
            throw new DataException(e.Message);
        }
        if (unlike is not null)
            throw new DataException($"{file} is finished and is not what is asked for: {unlike}. Without --resume it is trained anew; or name another file");
        context.Output.Note($"{file} is finished: there is nothing to go on with; without --resume it is trained anew");
        return ExitStatus.Done;
    }

    private static int Finish(Context context, TrainedText trained, OutputPlace place, string checkpoint)
    {
        if (trained.Ending == Ending.Interrupted)
            throw new InterruptedException($"{Lower(trained.Message)} {checkpoint} holds the run: the same command with --resume goes on");
        if (trained.Ending == Ending.Diverged)
        {
            throw new DataException($"{trained.Message} " + (File.Exists(checkpoint)
                ? $"{checkpoint} holds the last good state, and can be sampled and audited as a model; remove it to begin anew" : "Nothing was written"));
        }
        place.Write(trained.Model.Write);
        File.Delete(checkpoint);
        TextWriter results = context.Output.Results;
        results.WriteLine($"{Names.Printable(place.Path)}: {AuditTable.Size(new FileInfo(place.Path).Length)}, {trained.Model.Summary}");
        if (trained.Ending == Ending.EarlyStopped) results.WriteLine(trained.Message);
        results.WriteLine("sha256 " + Hash(place.Path));
        return ExitStatus.Done;
    }

    /// <summary>What of a text could not be used, a line each.</summary>
    private static IEnumerable<string> Unusable(TextFolder text)
    {
        int[] faulty = [.. Enumerable.Range(0, text.Documents.Count).Where(i => text.Documents[i].Content == 0)];
        foreach (int document in faulty.Take(MostNamed))
        {
            string? why = null;
            try
            {
                text.Read(document);
            }
            catch (UnusableDocumentException e)
            {
                why = e.Message;
            }
            if (why is not null) yield return $"not used: {why}";
        }
        if (faulty.Length > MostNamed) yield return $"not used: {faulty.Length - MostNamed} more files";
    }

    private static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
