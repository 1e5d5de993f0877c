using Vestige.Audits.Documents;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Compressors;
using Vestige.Files;
using Vestige.Language.Sources;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Cli.Options;

/// <summary>From the compressors that the user wrote to a domain and its compressors.</summary>
internal static class CompressorChoice
{
    /// <summary>Rows that stand in every table anyway; naming them is allowed and changes nothing.</summary>
    private static readonly string[] s_always = RowPairs.Always;

    /// <summary>Whether a word names a compressor, so that it is no path.</summary>
    internal static bool IsCompressor(string word) =>
        s_always.Contains(word) || DomainRegistry.All.Any(d => d.Rows.Any(r => r.Name == NameOf(word)));

    /// <summary>The kind of items that a source is of or that these compressors are for; else images.</summary>
    /// <exception cref="UsageException">They are for different kinds.</exception>
    internal static Domain DomainOf(string? source, IReadOnlyList<string> specs, bool readsText = false)
    {
        if (source?.StartsWith("world:", StringComparison.Ordinal) == true)
        {
            return DomainRegistry.All.FirstOrDefault(d => d.SourcePrefix is { } prefix && (source == prefix || source.StartsWith(prefix + ":", StringComparison.Ordinal)))
                ?? throw new UsageException($"{source}: there is no such world. There are: {string.Join(", ", DomainRegistry.All.Select(d => d.SourcePrefix).OfType<string>())}");
        }
        Domain? found = null;
        string first = "";
        foreach (string spec in specs)
        {
            Domain[] domains = [.. DomainRegistry.All.Where(d => d.SourcePrefix is null && d.Rows.Any(r => r.Name == NameOf(spec) && r != SamplesRow.Row))];
            if (domains.Length != 1) continue;
            if (found is not null && domains[0] != found)
                throw new UsageException($"{first} is for {found.Name} and {spec} for {domains[0].Name}: one audit is of one kind of items");
            (found, first) = (domains[0], spec);
        }
        return found ?? (readsText ? DomainRegistry.Text : Held(source) ?? DomainRegistry.All[0]);
    }

    /// <summary>The kind that most of the first files of a folder are of, or a file is; null where it is none or cannot be listed.</summary>
    private static Domain? Held(string? path)
    {
        const int enough = 1000;
        if (path is null) return null;
        path = SplitName.Of(path).Folder;
        var everything = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        string[] names = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*", everything).Take(enough)] : [path];
        (Domain Domain, int Count) most = DomainRegistry.All.Select(d => (Domain: d, Count: names.Count(d.Takes))).MaxBy(d => d.Count);
        if (most.Count > 0) return most.Domain;
        return names.Any(TextFolder.MayTake) ? DomainRegistry.Text : null;
    }

    /// <summary>Reads the specifications, ranges expanded, each once.</summary>
    /// <exception cref="UsageException">A specification is wrong or its codec is absent here.</exception>
    internal static IReadOnlyList<Spec> Parse(Domain domain, IReadOnlyList<string> texts)
    {
        var specs = new Dictionary<string, Spec>();
        foreach (string text in texts.Where(s => !s_always.Contains(s)))
        {
            foreach (Spec spec in Checked(() => Spec.Parse(text, [.. domain.Rows])))
            {
                if (!specs.TryAdd(spec.Name, spec) && specs[spec.Name].Identity != spec.Identity)
                    throw new UsageException($"two compressors are called {spec.Name}: give them different names");
            }
        }
        return [.. specs.Values];
    }

    /// <summary>The model that others are held against.</summary>
    /// <exception cref="UsageException">It is none, or several.</exception>
    internal static Spec Reference(Domain domain, string text)
    {
        if (!domain.Compares) throw new UsageException($"--against {text}: what is held against a model is text models, and this audit is of {domain.Name}");
        IReadOnlyList<Spec> specs = Parse(domain, [text]);
        return specs is [{ Row: not SamplesRow } one] ? one
            : throw new UsageException($"--against {text}: {(specs.Count > 1 ? $"it stands for {specs.Count} models" : "it gives no probabilities")}; "
                + "name one model, such as gguf:FILE or model:FILE");
    }

    /// <summary>Makes a compressor of the registry; null for samples, which need a source.</summary>
    /// <exception cref="UsageException">It cannot be made so.</exception>
    /// <exception cref="DataException">It is in a file that cannot be used.</exception>
    internal static ICompressor<TItem>? Make<TItem>(Spec spec)
    {
        try
        {
            return spec.Row is CompressorRow<TItem> row ? Checked(() => row.Create(spec)) : null;
        }
        catch (InvalidDataException e)
        {
            throw new DataException(e.Message);
        }
    }

    /// <summary>What a compressor of the registry makes where there is no T to learn from; null for samples.</summary>
    /// <exception cref="UsageException">It cannot be made so.</exception>
    /// <exception cref="DataException">It is in a file that cannot be used.</exception>
    internal static ICompressed<TItem>? WithoutTraining<TItem>(Spec spec) =>
        Make<TItem>(spec) is { } compressor ? Checked(() => compressor.Compress(null!, null, CancellationToken.None)) : null;

    /// <summary>What stands in the table of these sources although nobody named it, as far as it is at hand.</summary>
    internal static IEnumerable<Spec> Added<TItem>(Domain<TItem> domain, IReadOnlyList<ISource<TItem>> sources) =>
        sources.Select(source => domain.Added(source)).Aggregate((one, other) => [.. one.Intersect(other)])
            .Where(row => row.WhyAbsent() is null).SelectMany(row => Spec.Parse(row.Name, [row]));

    /// <summary>Stops what would take for generalization what a model learnt by heart.</summary>
    /// <exception cref="DataException">A model was trained on documents of H, A or B.</exception>
    internal static void CheckTrainedApart<TItem>(Split<TItem> split, IEnumerable<ICompressor<TItem>> compressors)
    {
        Entry<TItem>[] fresh = [.. split.HeldOut, .. split.Floor, .. split.Yardstick];
        foreach (IPretrained<TItem> model in compressors.OfType<IPretrained<TItem>>())
        {
            int met = fresh.Count(model.Knows);
            if (met == 0) continue;
            throw new DataException($"{model.Name} was trained on {met} of the {fresh.Length} documents that are to be held out (H, A and B): "
                + "what it knows by heart would pass for generalization. "
                + (split.TrainingIsKnown ? "Name with --heldout what was kept from its training"
                    : "Give --train DIR with what it was trained on, and --heldout DIR with what was kept from its training"));
        }
    }

    /// <summary>What somebody else drew, as a compressor.</summary>
    internal static ICompressor<TItem> Samples<TItem>(Spec spec, ISource<TItem> source) =>
        new Stored<TItem>(spec.Name, [.. Enumerable.Range(0, source.Documents.Count).Select(i => new Entry<TItem>(source, i))]);

    /// <summary>Name of each compressor used, and the version of the code behind it.</summary>
    internal static IReadOnlyDictionary<string, string> Versions<TItem>(Domain<TItem> domain, IReadOnlyList<Spec> specs)
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["parrot"] = domain.Version() };
        foreach (Spec spec in specs)
            if (spec.Row.Version() is { } version) versions[spec.Row.Name] = version;
        return versions;
    }

    private static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SpecException e)
        {
            throw new UsageException(e.Message.TrimEnd('.'));
        }
    }

    private static string NameOf(string spec) => spec.Split(':', 2)[0];
}
