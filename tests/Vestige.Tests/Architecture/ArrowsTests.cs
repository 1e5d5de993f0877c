using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Vestige.Tests.Architecture;

/// <summary>The arrows of the design: Cli -> Images, Models -> Language -> Files -> Vestige, and Cli to all; Images knows neither Language nor Models.</summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Vestige"] = [],
        ["Vestige.Files"] = ["Vestige"],
        ["Vestige.Images"] = ["Vestige", "Vestige.Files"],
        ["Vestige.Language"] = ["Vestige", "Vestige.Files"],
        ["Vestige.Models"] = ["Vestige", "Vestige.Files", "Vestige.Language"],
        ["Vestige.Cli"] = ["Vestige", "Vestige.Files", "Vestige.Images", "Vestige.Language", "Vestige.Models"],
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

    /// <summary>The analyzer holds the source to the list; this holds what was compiled to it, whatever was switched off on the way.</summary>
    [Fact]
    public void The_core_uses_nothing_that_it_has_banned() => Assert.Empty(BannedIn("Vestige"));

    [Fact]
    public void The_list_of_what_is_banned_finds_what_does_it()
    {
        string[] found = BannedIn("Vestige.Files");
        Assert.Contains("T:System.IO.DirectoryInfo", found);
        Assert.Contains("T:System.Diagnostics.Process", found);
        Assert.Contains("M:System.Guid.NewGuid", BannedIn("Vestige.Cli"));
    }

    private static string[] BannedIn(string project)
    {
        using FileStream file = File.OpenRead(Assembly.Load(project).Location);
        using var image = new PEReader(file);
        MetadataReader metadata = image.GetMetadataReader();
        string TypeOf(EntityHandle handle)
        {
            if (handle.Kind != HandleKind.TypeReference) return "";
            TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)handle);
            return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
        }

        string[] types = [.. metadata.TypeReferences.Select(handle => TypeOf(handle))];
        string[] members =
        [
            .. metadata.MemberReferences.Select(metadata.GetMemberReference).Select(member => $"{TypeOf(member.Parent)}.{metadata.GetString(member.Name)}"),
        ];
        bool IsUsed(string banned) => banned[0] switch
        {
            'T' => types.Contains(banned[2..]),
            'N' => types.Any(type => type.StartsWith(banned[2..] + ".", StringComparison.Ordinal)),
            'M' => members.Contains(banned[2..].Split('(')[0]),
            'P' => members.Contains(banned[2..].Insert(banned.LastIndexOf('.') - 1, "get_")),
            _ => throw new InvalidOperationException($"{banned}: a line begins with T:, N:, M: or P:."),
        };

        return
        [
            .. File.ReadAllLines(Path.Combine(Repository.Root, "src", "Vestige", "BannedSymbols.txt")).Where(line => line.Length > 0)
                .Select(line => line.Split(';')[0]).Where(IsUsed),
        ];
    }

    /// <summary>The report is made from results: whatever else it needs it is handed.</summary>
    [Fact]
    public void The_report_sees_results_only()
    {
        string[] allowed = ["Vestige.Results", "Vestige.Results.Json", "Vestige.Conclusions", "Vestige.Cli.Faults", "Vestige.Cli.Runs", "Vestige.Files.Interop"];
        IEnumerable<string> used = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Vestige.Cli", "Report"), "*.cs").SelectMany(File.ReadAllLines)
            .Where(line => line.StartsWith("using Vestige", StringComparison.Ordinal)).Select(line => line["using ".Length..].TrimEnd(';'));
        Assert.Empty(used.Except(allowed));
    }

    [Fact]
    public void Native_calls_stand_in_folders_of_their_own()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f) is var text && (text.Contains("[LibraryImport", StringComparison.Ordinal) || text.Contains("[DllImport", StringComparison.Ordinal)));
        string[] folders = [.. new[] { "Vestige.Images", "Vestige.Files", "Vestige.Language" }.Select(project => Path.Combine(Repository.Root, "src", project, "Interop"))];
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
