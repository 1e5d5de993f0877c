using System.Text.Json.Nodes;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli;

/// <summary>The same command prints the same figures with any number of threads and any vector width (design, section 5).</summary>
public sealed class DeterminismTests
{
    public static TheoryData<string, string> Settings => new()
    {
        { "DOTNET_ProcessorCount=1", "2" },
        { "DOTNET_ProcessorCount=2", "1" },
        { "DOTNET_EnableAVX512=0", "2" },
        { "DOTNET_EnableAVX2=0", "2" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Figures_do_not_depend_on_threads_or_vector_width(string environment, string threads)
    {
        using var folder = new TempFolder();
        AuditCommandTests.Fill(folder.Path, 36);
        string[] setting = ["VESTIGE_TEST_FOLDER=" + folder.Path, "VESTIGE_TEST_THREADS=" + threads];
        string usual = ChildProcess.Run(Audit, "VESTIGE_TEST_FOLDER=" + folder.Path, "VESTIGE_TEST_THREADS=2");
        Assert.Contains("jpeg:q=20", usual, StringComparison.Ordinal);
        Assert.Equal(usual, ChildProcess.Run(Audit, [.. setting, environment]));
    }

    /// <summary>Runs an audit of the folder in the environment and returns its JSON, but for speeds and the command line.</summary>
    public static string Audit()
    {
        string folder = Environment.GetEnvironmentVariable("VESTIGE_TEST_FOLDER")!;
        string json = Path.Combine(folder, $"result{Environment.ProcessId}.json");
        (int status, _, string messages) = CommandLine.Run("audit", folder, "jpeg:q=20..80/30", "nearest:scale=2",
            "--threads", Environment.GetEnvironmentVariable("VESTIGE_TEST_THREADS")!, "--json", json);
        if (status != 0) return messages;
        JsonNode result = JsonNode.Parse(File.ReadAllBytes(json))!;
        File.Delete(json);
        result.AsObject().Remove("speed");
        result["run"]!.AsObject().Remove("command");
        return result.ToJsonString();
    }
}
