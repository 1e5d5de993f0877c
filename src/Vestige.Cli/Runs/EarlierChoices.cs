using System.Globalization;
using Vestige.Cli.Faults;

namespace Vestige.Cli.Runs;

/// <summary>What an earlier <c>vestige choose</c> into the same folder wrote, by the list that it left: with another codec files have other names, and would lie
/// among those of this run.</summary>
internal sealed class EarlierChoices
{
    /// <summary>Names in a message.</summary>
    private const int MostNamed = 3;

    private readonly OutputPlace _place;
    private readonly List<Row> _rows = [];
    private readonly DateTime _listed;

    private EarlierChoices(OutputPlace place)
    {
        _place = place;
        try
        {
            string list = place.ToOpen(ChoicesFile.Name);
            if (!File.Exists(list)) return;
            _listed = File.GetLastWriteTimeUtc(list);
            string[][] lines = [.. Csv.Read(File.ReadAllText(list))];
            if (lines.Length == 0) return;
            int document = Array.IndexOf(lines[0], "document"), bytes = Array.IndexOf(lines[0], "bytes"), file = Array.IndexOf(lines[0], "file"),
                original = Array.IndexOf(lines[0], "original_bytes"), most = Math.Max(Math.Max(document, bytes), Math.Max(file, original));
            if (document < 0 || bytes < 0 || file < 0 || original < 0) return;
            _rows.AddRange(lines.Skip(1).Where(cells => cells.Length > most && cells[file].StartsWith(ChoicesFile.Images, StringComparison.Ordinal))
                .Select(cells => new Row(cells[document], cells[bytes], cells[file], cells[original])));
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            // What cannot be read names nothing that might be removed.
        }
    }

    /// <param name="Document">The image, as its cell has it.</param>
    /// <param name="Bytes">Of the file that was written.</param>
    /// <param name="File">That file.</param>
    /// <param name="Original">Bytes of the image's own file.</param>
    private sealed record Row(string Document, string Bytes, string File, string Original);

    /// <summary>Reads the list, before this run writes its own.</summary>
    internal static EarlierChoices Of(OutputPlace place) => new(place);

    /// <summary>Removes the files in whose place this run wrote others: of the same images, as they were written and listed. Any other may be all that is left of
    /// something, and is named.</summary>
    /// <param name="rows">What this run wrote.</param>
    /// <returns>What is to be said of those that are left; null for none.</returns>
    internal string? Remove(IReadOnlyList<ChoiceRow> rows)
    {
        HashSet<string> written = new(rows.Where(row => row.Setting is not null).Select(row => row.File), StringComparer.OrdinalIgnoreCase);
        HashSet<(string, string)> replaced = [.. rows.Where(row => row.Setting is not null).Select(row => (Csv.Shown(row.Document), Csv.Number(row.Original)))];
        var left = new List<string>();
        foreach (Row row in _rows.Where(row => !written.Contains(row.File) && File.Exists(Path.Combine(_place.Path, row.File))))
            if (!replaced.Contains((row.Document, row.Original)) || !IsRemoved(row)) left.Add(row.File);
        if (left.Count == 0) return null;
        string named = string.Join(", ", left.Take(MostNamed)) + (left.Count > MostNamed ? ", ..." : "");
        return string.Create(CultureInfo.InvariantCulture, $"{(left.Count == 1 ? "1 file" : $"{left.Count} files")} of an earlier run in {_place.Path}, of images that this run "
            + $"did not write or changed since, {(left.Count == 1 ? "is" : "are")} left and no longer in {ChoicesFile.Name}: {named}");
    }

    private bool IsRemoved(Row row)
    {
        try
        {
            var file = new FileInfo(_place.ToOpen(row.File));
            if (Csv.Number(file.Length) != row.Bytes || file.LastWriteTimeUtc > _listed) return false;
            file.Delete();
            return true;
        }
        catch (Exception e) when (FileFault.Is(e) || e is DataException or UsageException)
        {
            return false;
        }
    }
}
