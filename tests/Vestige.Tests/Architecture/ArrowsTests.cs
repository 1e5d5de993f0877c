using System.Reflection;

namespace Vestige.Tests.Architecture;

/// <summary>The arrows of the design: Cli -> Images, Language -> Files -> Vestige, and Cli -> Files; Images and Language do not know each other.</summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Vestige"] = [],
        ["Vestige.Files"] = ["Vestige"],
        ["Vestige.Images"] = ["Vestige", "Vestige.Files"],
        ["Vestige.Language"] = ["Vestige", "Vestige.Files"],
        ["Vestige.Cli"] = ["Vestige", "Vestige.Files", "Vestige.Images", "Vestige.Language"],
    };

    public static TheoryData<string> Projects => [.. s_allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_design_allows(string project)
    {
        IEnumerable<string> referenced = Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name!).Where(s_allowed.ContainsKey);
        Assert.Empty(referenced.Except(s_allowed[project]));
    }

    /// <summary>The compiler drops references that no code uses yet, so the project files are held to the same arrows.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_names_only_what_the_design_allows(string project)
    {
        string file = File.ReadAllText(Path.Combine(Repository.Root, "src", project, project + ".csproj"));
        IEnumerable<string> named = s_allowed.Keys.Where(other => file.Contains($"/{other}.csproj", StringComparison.Ordinal));
        Assert.Empty(named.Except(s_allowed[project]));
    }

    [Fact]
    public void The_core_does_no_io()
    {
        string[] banned = ["System.IO.File", "System.Net", "System.Console", "System.Diagnostics.Process"];
        IEnumerable<string> referenced = Assembly.Load("Vestige").GetReferencedAssemblies().Select(a => a.Name!);
        Assert.DoesNotContain(referenced, name => banned.Any(b => name.StartsWith(b, StringComparison.Ordinal)));
    }

    /// <summary>The report is made from results: whatever else it needs it is handed.</summary>
    [Fact]
    public void The_report_sees_results_only()
    {
        string[] allowed = ["Vestige.Results", "Vestige.Conclusions", "Vestige.Cli.Runs", "Vestige.Files.Interop"];
        IEnumerable<string> used = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Vestige.Cli", "Report"), "*.cs").SelectMany(File.ReadAllLines)
            .Where(line => line.StartsWith("using Vestige", StringComparison.Ordinal)).Select(line => line["using ".Length..].TrimEnd(';'));
        Assert.Empty(used.Except(allowed));
    }

    [Fact]
    public void Native_calls_stand_in_folders_of_their_own()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f) is var text && (text.Contains("[LibraryImport", StringComparison.Ordinal) || text.Contains("[DllImport", StringComparison.Ordinal)));
        string[] folders = [.. new[] { "Vestige.Images", "Vestige.Files" }.Select(project => Path.Combine(Repository.Root, "src", project, "Interop"))];
        Assert.All(files, f => Assert.Contains(Path.GetDirectoryName(f), folders));
    }

    [Fact]
    public void The_editor_settings_name_no_rule_twice()
    {
        IEnumerable<string> keys = File.ReadAllLines(Path.Combine(Repository.Root, ".editorconfig"))
            .Where(line => line.StartsWith("dotnet_diagnostic", StringComparison.Ordinal)).Select(line => line.Split('=')[0].Trim());
        Assert.Empty(keys.GroupBy(k => k).Where(g => g.Count() > 1).Select(g => g.Key));
    }
}
