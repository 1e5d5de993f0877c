using Vestige.Cli.Domains;
using Vestige.Compressors;

namespace Vestige.Cli.Commands;

/// <summary>From the compressors that the user wrote to a domain and its compressors.</summary>
internal static class CompressorChoice
{
    /// <summary>Rows that stand in every table anyway; naming them is allowed and changes nothing.</summary>
    private static readonly string[] s_always = ["yardstick", "parrot"];

    /// <summary>The kind of items that these compressors are for; images where nothing says otherwise.</summary>
    /// <exception cref="UsageException">They are for different kinds.</exception>
    internal static Domain DomainOf(IReadOnlyList<string> specs)
    {
        Domain? found = null;
        string first = "";
        foreach (string spec in specs)
        {
            Domain? domain = DomainRegistry.All.FirstOrDefault(d => d.Rows.Any(r => r.Name == NameOf(spec)));
            if (domain is null) continue;
            if (found is not null && domain != found) throw new UsageException($"{first} is for {found.Name} and {spec} for {domain.Name}: one audit is of one kind of items");
            (found, first) = (domain, spec);
        }
        return found ?? DomainRegistry.All[0];
    }

    /// <summary>Makes the compressors, ranges expanded, each once.</summary>
    /// <param name="domain">Where they are from.</param>
    /// <param name="specs">As the user wrote them.</param>
    /// <param name="versions">Name of each compressor used, and the version of the code behind it.</param>
    /// <exception cref="UsageException">A specification is wrong or its codec is absent here.</exception>
    internal static IReadOnlyList<ICompressor<TItem>> Make<TItem>(
        Domain<TItem> domain, IReadOnlyList<string> specs, out IReadOnlyDictionary<string, string> versions)
    {
        var made = new Dictionary<string, ICompressor<TItem>>();
        var used = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (string text in specs.Where(s => !s_always.Contains(s)))
            {
                foreach (CompressorSpec spec in CompressorSpec.Parse(text, [.. domain.Rows]))
                {
                    var row = (CompressorRow<TItem>)spec.Row;
                    if (row.Version() is { } version) used[row.Name] = version;
                    made.TryAdd(spec.Name, row.Create(spec));
                }
            }
        }
        catch (SpecException e)
        {
            throw new UsageException(e.Message.TrimEnd('.'));
        }
        versions = used;
        return [.. made.Values];
    }

    private static string NameOf(string spec) => spec.Split(':', 2)[0];
}
