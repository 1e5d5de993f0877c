using System.CommandLine;
using System.CommandLine.Parsing;
using Vestige.Cli.Faults;
using Vestige.Specs;

namespace Vestige.Cli.Options;

/// <summary>An option that the command does not have. The parser takes it for an argument, so that a compressor or a file of that name would be looked for.</summary>
internal static class UnknownOption
{
    /// <summary>Says which, and what was perhaps meant.</summary>
    /// <exception cref="UsageException">There is one.</exception>
    internal static void Refuse(ParseResult parsed)
    {
        // What stands behind "--" is meant as it is.
        Token? unknown = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .FirstOrDefault(token => token.Type == TokenType.Argument && token.Value.Length > 2 && token.Value.StartsWith("--", StringComparison.Ordinal));
        if (unknown is null) return;
        Command command = parsed.CommandResult.Command;
        string[] names = [.. Own(parsed.CommandResult).Where(option => !option.Hidden).Select(option => option.Name)];
        // With the value in it, as in --units=5, the name is what stands before.
        string word = unknown.Value.Split('=')[0];
        throw new UsageException($"{Named(command)} has no option \"{word}\".{Suggestion.For(word, names)}");
    }

    private static string Named(Command command) => command is RootCommand ? "vestige" : $"vestige {command.Name}";

    /// <summary>Options of a command, and of those that it stands in where they are for all within.</summary>
    private static IEnumerable<Option> Own(CommandResult result) => result.Command.Options.Concat(Above(result.Parent as CommandResult));

    private static IEnumerable<Option> Above(CommandResult? result) =>
        result is null ? [] : result.Command.Options.Where(option => option.Recursive).Concat(Above(result.Parent as CommandResult));
}
