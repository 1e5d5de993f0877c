using System.CommandLine;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Compressors;
using Vestige.Specs;

namespace Vestige.Cli.Listings;

/// <summary><c>vestige codecs</c>: every compressor with its options and ranges.</summary>
internal static class CodecsCommand
{
    internal static Command Create(Context context)
    {
        var command = new Command("codecs", """
            Lists the compressors: options, ranges, defaults, versions, and which are absent here.

            Example:
              vestige codecs
            """);
        command.SetAction(_ =>
        {
            foreach (Domain domain in DomainRegistry.All) Write(context, domain);
            context.Output.Results.WriteLine("Always added: yardstick (fresh real items, audited as if they were a compressor) and parrot (gives T back).");
            context.Output.Results.WriteLine("A number may be a range, jpeg:q=10..90/20; several ranges multiply; a value with a comma stands in double quotes.");
            return ExitStatus.Done;
        });
        return command;
    }

    private static void Write(Context context, Domain domain)
    {
        TextWriter results = context.Output.Results;
        results.WriteLine($"{domain.Name}:");
        foreach (CompressorRow row in domain.Rows)
        {
            string? absent = row.WhyAbsent();
            results.WriteLine($"  {row.Name,-12} {row.Description}");
            results.WriteLine($"  {"",-12} {(absent is null ? row.Version() ?? "built in" : "absent: " + absent)}");
            foreach (OptionSpec option in row.Options)
                results.WriteLine($"  {"",-12}   {option.Name + "=" + option.Range,-22} {option.Description} (default {option.Default})");
            if (row.PathLabel is not null) results.WriteLine($"  {"",-12}   {row.Usage}");
        }
        results.WriteLine();
    }
}
