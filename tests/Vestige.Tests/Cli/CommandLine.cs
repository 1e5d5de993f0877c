using Vestige.Cli;
using Vestige.Cli.Rendering;

namespace Vestige.Tests.Cli;

/// <summary>Runs a command line in this process.</summary>
internal static class CommandLine
{
    internal static (int Status, string Results, string Messages) Run(params string[] args)
    {
        var results = new StringWriter();
        var messages = new StringWriter();
        int status = Program.Run(args, new Output(results, messages, interactive: false, width: 160), TestContext.Current?.CancellationToken ?? default);
        return (status, results.ToString(), messages.ToString());
    }
}
