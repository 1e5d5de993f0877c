using System.Reflection;

namespace Vestige.Tests.Architecture;

/// <summary>Folders are namespaces, none is a circle with another, and none is too full to be read at a glance.</summary>
public sealed class FoldersTests
{
    private const int MostLines = 300, MostFiles = 20;

    /// <summary>Folders that are still part of a circle, or over-full. What is mended must leave the list; nothing may join it.</summary>
    private static readonly string[] s_inCircles =
    [
        "Vestige.Estimators", "Vestige.Results",
        "Vestige.Worlds", "Vestige.Worlds.Exact", "Vestige.Worlds.Mixtures", "Vestige.Worlds.Oracles", "Vestige.Worlds.Urns",
        "Vestige.Language", "Vestige.Language.Coding", "Vestige.Language.ContextMixing", "Vestige.Language.Learning", "Vestige.Language.NGrams",
        "Vestige.Language.Ppm", "Vestige.Language.Sequential", "Vestige.Language.Sources", "Vestige.Language.Strings", "Vestige.Language.Transformer",
        "Vestige.Language.Transformer.Inference", "Vestige.Language.Transformer.Layers", "Vestige.Language.Transformer.Passes",
        "Vestige.Language.Transformer.Storage", "Vestige.Language.Transformer.Training", "Vestige.Language.Views",
    ];

    private static readonly string[] s_full = ["src/Vestige/Conclusions", "src/Vestige/Estimators", "src/Vestige/Results"];

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
        string[] known = [.. s_inCircles.Where(name => Assembly.Load(project).GetTypes().Any(type => type.Namespace == name))];
        Assert.Empty(circles.Where(circle => !known.Contains(circle.Key)).Select(circle => circle.Value));
        Assert.Empty(known.Except(circles.Keys));
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
        string[] full = [.. Repository.Sources("src").GroupBy(file => Path.GetDirectoryName(file)!).Where(folder => folder.Count() > MostFiles).Select(folder => Relative(folder.Key))];
        Assert.Equal(s_full.Order(StringComparer.Ordinal), full.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_namespace_is_a_folder()
    {
        Assert.Empty(Repository.Sources("src").Where(file => File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal)) is { } line
            && line["namespace ".Length..].TrimEnd(';').Trim() != Relative(Path.GetDirectoryName(file)!)["src/".Length..].Replace('/', '.')).Select(Relative));
    }

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace(Path.DirectorySeparatorChar, '/');
}
