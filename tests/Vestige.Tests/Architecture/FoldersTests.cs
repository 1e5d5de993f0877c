using System.Reflection;

namespace Vestige.Tests.Architecture;

/// <summary>Folders are namespaces, none is a circle with another, and none is too full to be read at a glance.</summary>
public sealed class FoldersTests
{
    private const int MostLines = 300, MostFiles = 20;

    [Theory]
    [InlineData("Vestige")]
    [InlineData("Vestige.Files")]
    [InlineData("Vestige.Images")]
    [InlineData("Vestige.Language")]
    [InlineData("Vestige.Models")]
    [InlineData("Vestige.Cli")]
    public void No_folder_can_be_reached_from_itself(string project)
    {
        IReadOnlyDictionary<string, string> circles = new NamespaceArrows(Assembly.Load(project)).Circles();
        Assert.Empty(circles.Values);
    }

    [Fact]
    public void The_arrows_of_namespaces_find_a_circle()
    {
        IReadOnlyDictionary<string, string> circles = new NamespaceArrows(typeof(FoldersTests).Assembly).Circles();
        Assert.Contains("Vestige.Tests.Architecture.Two", circles["Vestige.Tests.Architecture.One"], StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_is_longer_than_can_be_read_at_once() =>
        Assert.Empty(Repository.Sources("src").Where(file => File.ReadLines(file).Count() > MostLines).Select(Relative));

    [Fact]
    public void No_folder_holds_more_than_can_be_seen_at_once()
    {
        Assert.Empty(Repository.Sources("src").GroupBy(file => Path.GetDirectoryName(file)!).Where(folder => folder.Count() > MostFiles).Select(folder => Relative(folder.Key)));
    }

    [Fact]
    public void A_namespace_is_a_folder()
    {
        Assert.Empty(Repository.Sources("src").Where(file => File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal)) is { } line
            && line["namespace ".Length..].TrimEnd(';').Trim() != Relative(Path.GetDirectoryName(file)!)["src/".Length..].Replace('/', '.')).Select(Relative));
    }

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace(Path.DirectorySeparatorChar, '/');
}
