using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vestige.Cli.Faults;
using Vestige.Cli.Runs;

namespace Vestige.Cli.Fleet.Leases;

/// <summary>The folder that workers share. All that is asked of its file system: a file is made by one of several that try, and a renamed file is whole. No locks,
/// no clock.</summary>
/// <param name="path">The folder, as the user named it.</param>
internal sealed class FleetFolder(string path)
{
    internal const string PlanName = "plan.json", ListingName = "listing", Leases = "leases/", Done = "done/", Aside = "aside/";

    /// <summary>The folder, wherever the process goes later.</summary>
    internal string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>As the user named it.</summary>
    internal string Name { get; } = path;

    /// <summary>Names of the files of one of its folders, in no order; what is half written left out. None where there is no such folder.</summary>
    /// <exception cref="DataException">The folder is gone, or cannot be listed.</exception>
    internal IReadOnlyList<string> Names(string folder) => Guarded("read", () =>
    {
        if (!Directory.Exists(Path)) throw new DirectoryNotFoundException("it is not there any more");
        string at = System.IO.Path.Combine(Path, folder);
        return !Directory.Exists(at) ? Array.Empty<string>() : [.. Directory.EnumerateFiles(at).Select(file => System.IO.Path.GetFileName(file))
            .Where(name => !AtomicFile.IsTemporary(name))];
    });

    /// <summary>Content of a file; null where it is not there.</summary>
    internal byte[]? Read(string name) => Guarded("read", () =>
    {
        try
        {
            return File.ReadAllBytes(At(name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    });

    internal bool Has(string name) => File.Exists(At(name));

    /// <summary>Makes a file where there is none.</summary>
    /// <returns>False where there is one: somebody else was first.</returns>
    internal bool Create(string name, byte[] content) => Guarded("written to", () => AtomicFile.TryCreate(At(name), content));

    /// <summary>Writes a file whole, in place of one of that name.</summary>
    /// <param name="name">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="lasting">Whether it must outlast the machine; a heartbeat need not.</param>
    internal void Write(string name, byte[] content, bool lasting) => Guarded("written to", () =>
    {
        AtomicFile.WriteShared(At(name), content, lasting);
        return true;
    });

    internal void Write<T>(string name, T value, JsonTypeInfo<T> type, bool lasting = true) => Write(name, JsonSerializer.SerializeToUtf8Bytes(value, type), lasting);

    /// <summary>A file of JSON; null where it is not there, or is none.</summary>
    internal T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class => Read(name) is { } content ? Parse(content, type) : null;

    /// <summary>JSON, or null where it is none: a file that its writer died at.</summary>
    internal static T? Parse<T>(byte[] content, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return content.Length == 0 ? null : JsonSerializer.Deserialize(content, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal void Delete(string name) => Guarded("written to", () =>
    {
        File.Delete(At(name));
        return true;
    });

    internal string At(string name) => System.IO.Path.Combine(Path, name);

    private T Guarded<T>(string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            string why = Directory.Exists(Path) ? e.Message.TrimEnd('.') : "it is not there any more";
            throw new DataException($"{Name} cannot be {what}: {why}; what is done stands, other workers take what this one had, and when the folder is as it was "
                + "'vestige work' goes on")
            { IsOfPlace = true };
        }
    }
}
