using System.CommandLine;

namespace Vestige.Cli.Commands;

/// <summary>Options that several commands take.</summary>
internal static class CommonOptions
{
    internal static Option<ulong> Seed() => new("--seed") { Description = "Seed of everything random; the same seed gives the same figures.", DefaultValueFactory = _ => 1 };

    internal static Option<int> Threads()
    {
        Option<int> option = new("--threads") { Description = "Threads to use; no figure depends on it.", DefaultValueFactory = _ => Environment.ProcessorCount };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int threads) && threads is < 1 or > 256)
                result.AddError($"--threads {threads}: it takes a whole number from 1 to 256");
        });
        return option;
    }
}
