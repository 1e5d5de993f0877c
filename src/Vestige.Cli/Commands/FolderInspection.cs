using Vestige.Audits;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Compressors;
using Vestige.Images.Inspections;
using Vestige.Images.Sources;
using Vestige.Sources;

namespace Vestige.Cli.Commands;

/// <summary>A folder of originals against a folder of reconstructions, matched by path without extension.</summary>
internal static class FolderInspection
{
    internal static InspectionResult Run(Context context, InspectOptions options, ProgressLine progress)
    {
        string originals = options.Original, reconstructions = options.Others[0];
        ILookup<string, string> made = Files(reconstructions, progress, context.Cancel).ToLookup(Stem, StringComparer.Ordinal);
        string[] names = Files(originals, progress, context.Cancel);
        if (names.Length == 0) throw new DataException($"{originals} holds no images");
        var rows = new List<InspectionRow>();
        var notes = new List<string>();
        foreach (string name in names)
        {
            context.Cancel.ThrowIfCancellationRequested();
            progress.Report(new WorkProgress("inspecting", (double)rows.Count / names.Length));
            rows.Add(Row(name, [.. made[Stem(name)]]));
        }
        HashSet<string> known = [.. names.Select(Stem)];
        string[] extra = [.. made.Where(group => !known.Contains(group.Key)).SelectMany(group => group)];
        if (extra.Length > 0)
            notes.Add($"{extra.Length} files of {reconstructions} have no original and are in no figure: "
                + $"{string.Join(", ", extra.Take(5))}{(extra.Length > 5 ? ", ..." : "")}");
        return new InspectionResult { Vestige = Audit.ThisVersion, Command = context.CommandLine, Original = originals, Rows = rows, Notes = notes };

        InspectionRow Row(string name, string[] candidates)
        {
            InspectionRow Without(string why) => new() { Name = name, Why = why };
            if (candidates.Length == 0) return Without($"{name}: there is no reconstruction of it in {reconstructions}");
            if (candidates.Length > 1) return Without($"{name}: {string.Join(" and ", candidates)} could both be its reconstruction");
            try
            {
                var inspection = new Inspection(PictureFile.Read(Path.Combine(originals, name), options.Memory), options.Memory);
                return inspection.OfFile(Path.Combine(reconstructions, candidates[0]), null, notes) with { Name = name };
            }
            catch (UnusableDocumentException e)
            {
                return Without(e.Message);
            }
        }
    }

    private static string[] Files(string folder, ProgressLine progress, CancellationToken cancel)
    {
        try
        {
            return [.. PictureFolder.Open(folder, PictureOptions.Default, progress, cancel).Documents.Select(document => document.Name)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(e.Message);
        }
    }

    private static string Stem(string name) => Path.ChangeExtension(name, null);
}
