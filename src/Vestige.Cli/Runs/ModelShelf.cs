using Vestige.Cli.Faults;
using Vestige.Compressors;
using Vestige.Files.Interop;

namespace Vestige.Cli.Runs;

/// <summary>Trained models in a folder of results.</summary>
internal sealed class ModelShelf(OutputPlace folder) : IShelf
{
    /// <summary>Where they are in the folder.</summary>
    internal const string FolderName = "models/";

    // What a link leads to was not kept here.
    public string? Find(string name) => At(name) is var path && FileFacts.Of(path, follow: false)?.Kind is FileKind.File ? path : null;

    public void Keep(string name, Action<Stream> write) => folder.Write(FolderName + name, write);

    public void Drop(string name)
    {
        try
        {
            File.Delete(At(name));
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{At(name)} could not be removed: {e.Message}");
        }
    }

    private string At(string name) => Path.Combine(folder.Path, FolderName, name);
}
