using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Cli;

/// <summary>The same command prints the same figures with any number of threads and any vector width.</summary>
public sealed class DeterminismTests : IDisposable
{
    private readonly Photos _photos = new(40, side: 96);

    public void Dispose() => _photos.Dispose();

    [Fact]
    public void Results_are_the_same_bytes_with_any_threads_and_vector_width()
    {
        // The number of processors is the default of --threads, so that the command line stays the same.
        Dictionary<string, string>[] environments =
        [
            new() { ["DOTNET_PROCESSOR_COUNT"] = "2" },
            new() { ["DOTNET_PROCESSOR_COUNT"] = "1" },
            new() { ["DOTNET_EnableAVX512"] = "0", ["DOTNET_PROCESSOR_COUNT"] = "2" },
            new() { ["DOTNET_EnableAVX2"] = "0", ["DOTNET_PROCESSOR_COUNT"] = "1" },
        ];
        Same(environments, _photos.Source, "jpeg:q=30", "nearest:scale=2", "box:scale=4");
    }

    /// <summary>With every vector instruction off each kernel takes its scalar way: slow, so that these are small.</summary>
    [Theory]
    [InlineData("texts", "ngram:order=3")]
    [InlineData("world:facts:people=60", "ngram:order=4")]
    [InlineData("world:sprites:places=3,tones=4,documents=400", "jpeg:q=20")]
    public void Text_and_worlds_have_the_same_bytes_without_vector_instructions(string source, string compressor)
    {
        using var texts = new Texts();
        Dictionary<string, string>[] environments = [new() { ["DOTNET_PROCESSOR_COUNT"] = "2" }, new() { ["DOTNET_EnableHWIntrinsic"] = "0", ["DOTNET_PROCESSOR_COUNT"] = "1" }];
        Same(environments, source == "texts" ? texts.Write("texts", 36, 5) : source, compressor, "--units", "60");
    }

    private void Same(Dictionary<string, string>[] environments, params string[] arguments)
    {
        string json = _photos.Beside("result.json");
        var results = new List<string>();
        foreach (Dictionary<string, string> environment in environments)
        {
            CliRun run = CliRun.Wait(CliRun.Start(environment, ["audit", .. arguments, "--json", json]));
            // Progress may stand beside it: a slow machine shows it.
            Assert.True(run.Status == 0, run.Error);
            AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(json));
            Assert.NotEmpty(result.Row("yardstick").Ledgers);
            results.Add(System.Text.Encoding.UTF8.GetString(ResultJson.ToUtf8(result with { Speed = [] })));
        }
        Assert.All(results, result => Assert.Equal(results[0], result));
    }
}
