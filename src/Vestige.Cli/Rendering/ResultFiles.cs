using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>Results to files: checked before the work, written whole or not at all.</summary>
internal sealed class ResultFiles
{
    private readonly List<string> _files = [];

    /// <summary>Prepares the places asked for.</summary>
    /// <param name="json">A file, or null.</param>
    /// <param name="folder">A folder for results.json, or null; made where it is missing.</param>
    /// <exception cref="DataException">A place cannot be written to.</exception>
    internal ResultFiles(string? json, string? folder)
    {
        if (json is not null) Prepare("--json", json, Path.GetDirectoryName(Path.GetFullPath(json))!);
        if (folder is not null) Prepare("--out", Path.Combine(folder, "results.json"), Path.GetFullPath(folder));
    }

    /// <summary>Writes the result to all places.</summary>
    /// <exception cref="DataException">A disk is full or gone; what stood there before still stands.</exception>
    internal void Write(AuditResult result)
    {
        byte[] bytes = ResultJson.ToUtf8(result);
        foreach (string file in _files)
        {
            try
            {
                AtomicFile.Write(file, bytes);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DataException($"{file} could not be written: {e.Message}");
            }
        }
    }

    private void Prepare(string option, string file, string folder)
    {
        try
        {
            if (Directory.Exists(file)) throw new DataException($"{option} {file} is a folder; name a file");
            Directory.CreateDirectory(folder);
            AtomicFile.Probe(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DataException($"{option} {file} cannot be written: {e.Message}");
        }
        _files.Add(file);
    }
}
