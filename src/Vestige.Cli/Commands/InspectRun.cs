using System.Globalization;
using Vestige.Audits;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Exhibits;
using Vestige.Images.Inspections;
using Vestige.Images.Interop;
using Vestige.Images.Jpeg;
using Vestige.Images.Sources;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Cli.Commands;

/// <summary>One inspection from the user's words to files, table and exit status.</summary>
internal static class InspectRun
{
    /// <summary>Runs it: what is wrong with the command line is said first.</summary>
    internal static int Run(Context context, InspectOptions options)
    {
        if (!Path.Exists(options.Original))
        {
            throw CompressorChoice.IsCompressor(options.Original)
                ? new UsageException($"{options.Original} is a compressor; name an image before it")
                : new DataException($"{options.Original}: there is no such file or folder");
        }
        bool folder = Directory.Exists(options.Original);
        if (folder && options.Plain is not null) throw new UsageException("--plain is for one picture, and the original is a folder");
        ImagineStep.Check(options, folder);
        CodecStep[] plain = options.Plain is null ? [] : [.. Codecs(options.Plain)];
        IReadOnlyList<IStep> steps = folder ? FolderSteps(options) : Steps(options);
        string[] priors = options.Prior is { } prior ? [prior] : [];
        using var files = new ResultFiles(options.Json, options.Out, new Inputs([options.Original, .. options.Others, .. priors]));
        InspectionResult result;
        using (ProgressLine progress = context.Output.Progress())
        {
            try
            {
                result = folder
                    ? FolderInspection.Run(context, options, progress)
                    : One(context, options, steps, plain, files, progress);
            }
            catch (VipsException e)
            {
                throw new DataException(e.Message);
            }
        }
        files.Write(InspectionJson.ToUtf8(result));
        InspectTable.Write(context.Output.Tables(), result);
        return result.Rows.Any(row => row.Why is not null) ? ExitStatus.Data : ExitStatus.Done;
    }

    /// <summary>One thing to compare with the original.</summary>
    private interface IStep
    {
        string Name { get; }
    }

    private sealed record FileStep(string Name) : IStep;

    private sealed record CodecStep(string Name, ICodec<Picture> Codec) : IStep;

    private static List<IStep> Steps(InspectOptions options)
    {
        var steps = new List<IStep>();
        foreach (string other in options.Others)
        {
            if (File.Exists(other))
            {
                steps.Add(new FileStep(other));
                continue;
            }
            if (Directory.Exists(other)) throw new UsageException($"{other} is a folder and {options.Original} a file: name two files, or two folders");
            if (!CompressorChoice.IsCompressor(other)) throw new DataException($"{other}: there is no such file, and no such compressor");
            steps.AddRange(Codecs(other));
        }
        return steps;
    }

    private static IEnumerable<CodecStep> Codecs(string text)
    {
        foreach (Spec spec in CompressorChoice.Parse(DomainRegistry.All[0], [text]))
        {
            if (CompressorChoice.WithoutTraining<Picture>(spec) is not ICodec<Picture> codec)
                throw new UsageException($"{spec.Name} reconstructs nothing: inspect takes codecs of images and files");
            yield return new CodecStep(spec.Name, codec);
        }
    }

    private static IReadOnlyList<IStep> FolderSteps(InspectOptions options) =>
        options.Others is [var one] && Directory.Exists(one) ? []
        : throw new UsageException($"{options.Original} is a folder: name one folder of reconstructions beside it; for compressors use vestige audit");

    private static InspectionResult One(Context context, InspectOptions options, IReadOnlyList<IStep> steps, CodecStep[] plain, ResultFiles files, ProgressLine progress)
    {
        PictureFile original;
        try
        {
            original = PictureFile.Read(options.Original, options.Memory);
        }
        catch (UnusableDocumentException e)
        {
            throw new DataException(e.Message);
        }
        JpegAccount? jpeg = steps.Count == 0 ? Alone(options.Original, original) : null;
        var inspection = new Inspection(original, options.Memory);
        if (plain.Length > 0)
        {
            try
            {
                inspection.LookBeside(plain.Select(step => (step.Name, step.Codec)));
            }
            catch (UnusableDocumentException e)
            {
                throw new DataException($"--plain {options.Plain}: {e.Message}");
            }
        }
        var notes = new List<string>(original.Notices.Select(notice => $"{options.Original}: {notice}"));
        var rows = new List<InspectionRow>();
        foreach (IStep step in steps)
        {
            context.Cancel.ThrowIfCancellationRequested();
            progress.Report(new WorkProgress("inspecting", (double)rows.Count / steps.Count));
            Picture? map = null;
            Action<Picture>? keep = options.Out is null ? null : made => map = made;
            InspectionRow row = step is CodecStep codec ? inspection.OfCodec(codec.Name, codec.Codec, keep, notes) : inspection.OfFile(step.Name, keep, notes);
            if (map is not null)
            {
                string file = $"{rows.Count + 1:d2}-{Slug(row.Name)}.png";
                files.Folder!.Write(file, PictureExhibitor.Png(map));
                row = row with { Files = [file] };
            }
            rows.Add(row);
        }
        return new InspectionResult
        {
            Vestige = Audit.ThisVersion,
            Command = context.CommandLine,
            Original = options.Original,
            Width = original.Picture.Width,
            Height = original.Picture.Height,
            Stored = original.Facts.ToString(),
            Bytes = original.Content.Length,
            Jpeg = jpeg,
            Imagined = options.Imagine ? ImagineStep.Run(options, original, files.Folder!, progress, context.Cancel) : null,
            Rows = rows,
            Notes = notes,
        };
    }

    /// <summary>A name that any file system takes.</summary>
    private static string Slug(string name)
    {
        string plain = Names.Slug(name);
        plain = plain[^Math.Min(60, plain.Length)..].Trim('-', '.');
        return plain.Length > 0 ? plain : Rng.Mix(0, name).ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>A JPEG says much of itself; anything else nothing.</summary>
    private static JpegAccount Alone(string name, PictureFile original)
    {
        if (!JpegReader.IsJpeg(original.Content))
            throw new UsageException($"{name} is no JPEG, which alone would tell what it discarded: name what to compare it with, files of "
                + $"reconstructions, or compressors such as jpeg:q=50");
        try
        {
            return Inspection.OfJpeg(original);
        }
        catch (JpegException e)
        {
            throw new DataException($"{name}: {e.Message}");
        }
    }
}
