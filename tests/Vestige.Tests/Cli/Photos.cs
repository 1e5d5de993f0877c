using Vestige.Tests.Images;

namespace Vestige.Tests.Cli;

/// <summary>A folder of small photographs that the tests make, and a place for what an audit writes.</summary>
internal sealed class Photos : IDisposable
{
    private readonly TempFolder _folder = new();

    internal Photos(int count, int side = 48, ulong seed = 1)
    {
        Directory.CreateDirectory(Source);
        for (int i = 0; i < count; i++) Add($"{i:d3}.png", TestImages.Save(TestImages.Photo(side, side, seed + (ulong)i), "png"));
    }

    internal string Source => Path.Combine(_folder.Path, "photos");

    /// <summary>A path beside the source.</summary>
    internal string Beside(string name) => Path.Combine(_folder.Path, name);

    internal string Add(string name, byte[] content) => _folder.Write(Path.Combine("photos", name), content);

    public void Dispose() => _folder.Dispose();
}
