using Vestige.Cli.Faults;

namespace Vestige.Cli.Runs;

/// <summary>The places of a result: a file of --json, and a folder of --out with other things beside it. Checked before the work.</summary>
internal sealed class ResultFiles : IDisposable
{
    internal const string ResultName = "results.json", PageName = "index.html";

    private readonly OutputPlace? _json;

    /// <summary>Prepares the places asked for.</summary>
    /// <param name="json">A file, or null.</param>
    /// <param name="folder">A folder, or null.</param>
    /// <param name="inputs">What the run reads.</param>
    /// <param name="names">What else the run writes into the folder: files, and folders with a slash at their end.</param>
    /// <exception cref="DataException">A place cannot be written to.</exception>
    /// <exception cref="UsageException">It is an input or inside one, or the file is one of the folder's own.</exception>
    internal ResultFiles(string? json, string? folder, Inputs inputs, params IReadOnlyList<string> names)
    {
        if (folder is not null)
        {
            Folder = OutputPlace.Folder("--out", folder, inputs);
            foreach (string name in names.Append(ResultName)) Folder.Check(name);
            // The folder's own result is the same bytes; its other files are not.
            if (json is not null && Folder.Holds(json) && names.FirstOrDefault(name => name.TrimEnd('/') == Path.GetFileName(json)) is { } own)
                throw new UsageException($"--json {json}: {own} is what an audit keeps there for itself; name another file");
        }
        if (json is not null) _json = OutputPlace.File("--json", json, inputs, OwnFile.Result);
    }

    /// <summary>The folder; null where none was asked for.</summary>
    internal OutputPlace? Folder { get; }

    /// <summary>Writes the result to all places.</summary>
    /// <exception cref="DataException">A disk is full or gone; what stood there before still stands.</exception>
    internal void Write(byte[] result)
    {
        _json?.Write(result);
        Folder?.Write(ResultName, result);
    }

    public void Dispose()
    {
        _json?.Dispose();
        Folder?.Dispose();
    }
}
