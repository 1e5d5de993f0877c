using Vestige.Cli.Rendering;

namespace Vestige.Cli.Options;

/// <summary>What every command is run with.</summary>
/// <param name="Output">Where results and messages go.</param>
/// <param name="Arguments">As the user typed them.</param>
/// <param name="Cancel">Set by Ctrl-C, and where a system asks the program to end.</param>
internal sealed record Context(Output Output, IReadOnlyList<string> Arguments, CancellationToken Cancel)
{
    /// <summary>As the user could type it again.</summary>
    internal string CommandLine => Typed(Arguments);

    /// <summary>Arguments as they are typed.</summary>
    internal static string Typed(IEnumerable<string> arguments) => "vestige " + string.Join(' ', arguments.Select(Quoted));

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_=./:,+%@".Contains(c, StringComparison.Ordinal))
            ? argument
            : "'" + argument.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
