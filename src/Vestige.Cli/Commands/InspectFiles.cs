using System.Globalization;
using Vestige.Cli.Runs;
using Vestige.Numerics;
using Vestige.Results;

namespace Vestige.Cli.Commands;

/// <summary>What an inspection writes; places are checked before the work.</summary>
internal sealed class InspectFiles
{
    private readonly string? _folder;
    private readonly List<string> _results = [];

    /// <exception cref="DataException">A place cannot be written to.</exception>
    /// <exception cref="UsageException">It is one of the files that are inspected, or inside such a folder.</exception>
    internal InspectFiles(InspectOptions options, IReadOnlyList<string> inputs)
    {
        _folder = options.Out;
        if (options.Json is { } json) Prepare("--json", json);
        if (options.Out is { } folder) Prepare("--out", Path.Combine(folder, RunFiles.ResultName));

        void Prepare(string option, string file)
        {
            string full = Path.GetFullPath(file);
            foreach (string input in inputs)
            {
                string around = Path.GetFullPath(input).TrimEnd(Path.DirectorySeparatorChar);
                if (full == around || full.StartsWith(around + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                    throw new UsageException($"{option} {file} is {(full == around ? "" : "inside ")}{input}, which is inspected and not written to");
            }
            try
            {
                if (Directory.Exists(file)) throw new DataException($"{option} {file} is a folder; name a file");
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                AtomicFile.Probe(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new DataException($"{option} {file} cannot be written: {e.Message}");
            }
            _results.Add(file);
        }
    }

    /// <summary>Writes the result to all places.</summary>
    internal void Write(byte[] result)
    {
        foreach (string file in _results) Put(file, result);
    }

    /// <summary>Writes a file into the folder.</summary>
    internal void Save(string name, byte[] content) => Put(Path.Combine(_folder!, name), content);

    /// <summary>A name that any file system takes.</summary>
    internal static string Slug(string name)
    {
        string plain = Names.Slug(name);
        plain = plain[^Math.Min(60, plain.Length)..].Trim('-', '.');
        return plain.Length > 0 ? plain : Rng.Mix(0, name).ToString("x16", CultureInfo.InvariantCulture);
    }

    private static void Put(string file, byte[] content)
    {
        try
        {
            AtomicFile.Write(file, content);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{file} could not be written: {e.Message}");
        }
    }
}
