namespace Vestige.Tests;

/// <summary>Where the checkout is that these tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    /// <summary>The C# files under a folder of it, without what a build wrote.</summary>
    internal static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Vestige.slnx"))) return folder.FullName;
        }
        throw new InvalidOperationException($"No Vestige.slnx above {AppContext.BaseDirectory}.");
    }
}
