using System.CommandLine;
using System.CommandLine.Parsing;
using Vestige.Cli.Faults;

namespace Vestige.Cli.Options;

/// <summary>What the parser found wrong in a command line, in words for the user: it names types of .NET.</summary>
internal static class ParseFaults
{
    /// <exception cref="UsageException">Something is wrong.</exception>
    internal static void Refuse(ParseResult parsed)
    {
        if (parsed.Errors.Count > 0) throw new UsageException(string.Join("; ", parsed.Errors.Select(Words).Distinct()));
    }

    private static string Words(ParseError error) =>
        error.SymbolResult is OptionResult { Tokens: [{ Value: { } value }, ..], Option: { } option } && error.Message.Contains("System.", StringComparison.Ordinal)
            && Wanted(Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) is { } wanted
            ? $"{option.Name} {value}: it takes {wanted}" : error.Message.TrimEnd('.');

    private static string? Wanted(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => $"a whole number up to {int.MaxValue}",
        TypeCode.Int64 => $"a whole number up to {long.MaxValue}",
        TypeCode.UInt64 => $"a whole number from 0 to {ulong.MaxValue}",
        TypeCode.Double => "a number",
        TypeCode.Boolean => "true or false",
        _ => null,
    };
}
