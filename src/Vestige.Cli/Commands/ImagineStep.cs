using System.Security.Cryptography;
using Vestige.Cli.Faults;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Images.Exhibits;
using Vestige.Images.Imagining;
using Vestige.Images.Inspections;
using Vestige.Images.Jpeg;
using Vestige.Images.Sources;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige inspect --imagine</c>: what a JPEG may have been.</summary>
internal static class ImagineStep
{
    private const string Mean = "mean.png", Map = "undetermined.png";

    /// <exception cref="UsageException">The options do not go together.</exception>
    internal static void Check(InspectOptions options, bool folder)
    {
        if (!options.Imagine)
        {
            if (options.Prior is not null) throw new UsageException("--prior is for --imagine, which is not asked for");
            return;
        }
        if (folder) throw new UsageException($"--imagine takes one JPEG, and {options.Original} is a folder; for many use jpeg:q=10,decode=sample in vestige audit");
        if (options.Others.Count > 0) throw new UsageException("--imagine looks at a JPEG alone: leave out what it is to be compared with");
        if (options.Prior is null) throw new UsageException("--imagine needs --prior FILE: 'vestige train PHOTOS prior --out FILE' learns one from photographs of yours");
        if (options.Out is null) throw new UsageException("--imagine writes pictures: give --out DIR");
    }

    internal static InspectionImagined Run(InspectOptions options, PictureFile file, OutputPlace folder, ProgressLine progress, CancellationToken cancel)
    {
        byte[] prior;
        JpegImagination imagined;
        try
        {
            prior = File.ReadAllBytes(options.Prior!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"--prior {options.Prior} cannot be read: {e.Message}");
        }
        try
        {
            imagined = JpegImagination.Of(file, prior, options.Samples, 1, progress, cancel);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"--prior {options.Prior} {e.Message}");
        }
        catch (JpegException e)
        {
            throw new DataException($"{options.Original}: {e.Message}");
        }
        var files = new List<string> { Mean };
        folder.Write(Mean, PictureExhibitor.Png(imagined.Mean));
        for (int i = 0; i < imagined.Samples.Count; i++)
        {
            files.Add($"sample-{i + 1:d2}.png");
            folder.Write(files[^1], PictureExhibitor.Png(imagined.Samples[i]));
        }
        files.Add(Map);
        folder.Write(Map, PictureExhibitor.Png(imagined.Map));
        return new InspectionImagined(options.Prior!, Convert.ToHexStringLower(SHA256.HashData(prior)), imagined.Figures, files);
    }
}
