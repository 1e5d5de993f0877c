using Vestige.Cli.Rendering;

namespace Vestige.Cli.Options;

/// <summary>What every command is run with.</summary>
/// <param name="Output">Where results and messages go.</param>
/// <param name="CommandLine">As the user could type it again.</param>
/// <param name="Cancel">Set by Ctrl-C, and where a system asks the program to end.</param>
internal sealed record Context(Output Output, string CommandLine, CancellationToken Cancel);
