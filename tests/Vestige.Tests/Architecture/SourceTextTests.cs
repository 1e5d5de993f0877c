namespace Vestige.Tests.Architecture;

/// <summary>Rules of the source text that no compiler holds it to.</summary>
public sealed class SourceTextTests
{
    /// <summary>What .editorconfig says of lines, which the formatter does not enforce.</summary>
    /// <remarks>Of tests a line that holds literal text is left alone: what is expected stands as it is printed.</remarks>
    [Fact]
    public void Lines_are_no_longer_than_the_editor_settings_say()
    {
        int longest = int.Parse(File.ReadAllLines(Path.Combine(Repository.Root, ".editorconfig")).Single(line => line.StartsWith("max_line_length", StringComparison.Ordinal))
            .Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Empty(Lines("src").Concat(Lines("bench")).Concat(Lines("tests").Where(line => !line.Text.Contains('"', StringComparison.Ordinal)))
            .Where(line => line.Text.Length > longest && !line.Text.Contains('─', StringComparison.Ordinal)).Select(line => line.Place));
    }

    private static IEnumerable<(string Place, string Text)> Lines(string folder) =>
        Repository.Sources(folder).SelectMany(file => File.ReadAllLines(file).Select((text, i) => ($"{Path.GetRelativePath(Repository.Root, file)}:{i + 1}", text)));
}
