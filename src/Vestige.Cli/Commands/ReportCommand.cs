using System.CommandLine;
using Vestige.Cli.Options;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige report</c>: the page of a finished audit, made anew.</summary>
internal static class ReportCommand
{
    internal static Command Create(Context context)
    {
        Argument<string> folder = new("folder") { Description = "What an audit's --out wrote; or a folder of several of them, which then share a page." };
        var command = new Command("report", """
            Makes index.html anew from a finished audit: one page with charts, pictures and every figure, which needs no network.

            Example:
              vestige report run
            """) { folder };
        command.SetAction(parsed => ReportRun.Run(context, parsed.GetValue(folder)!));
        return command;
    }
}
