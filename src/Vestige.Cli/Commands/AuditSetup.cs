using Vestige.Audits;
using Vestige.Audits.Comparisons;
using Vestige.Audits.Documents;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Runs;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Views;

namespace Vestige.Cli.Commands;

/// <summary>An audit whose sources are open and dealt: all but the places where it keeps things.</summary>
/// <param name="Request">What is audited.</param>
/// <param name="Sources">What was opened, in the order in which the command line names it.</param>
/// <param name="Notices">What was noticed; asked for when the work is done.</param>
internal sealed record AuditSetup<TItem>(AuditRequest<TItem> Request, IReadOnlyList<ISource<TItem>> Sources, IEnumerable<string> Notices)
{
    /// <summary>What its figures depend on beside its settings.</summary>
    internal RunFacts Facts => RunFacts.Of(Sources, Request.Settings.Reading, Request.Settings.Versions);

    /// <exception cref="Faults.UsageException">Something in the command line is wrong.</exception>
    /// <exception cref="Faults.DataException">A source cannot be used.</exception>
    internal static AuditSetup<TItem> Of(Context context, AuditRun.Plan plan, Domain<TItem> domain, IProgress<WorkProgress> progress)
    {
        (AuditOptions options, IReadOnlyList<Spec> specs) = (plan.Options, plan.Specs);
        ICompressor<TItem>?[] made = [.. specs.Select(CompressorChoice.Make<TItem>)];
        if (options.Extraction.Canaries > 0 && (domain.Planted is null || !made.Any(compressor => compressor is ITextTrainer)))
        {
            throw new UsageException($"--canaries {options.Extraction.Canaries}: nothing is trained here that they could be planted in; name a model that is, "
                + "as ngram or transformer");
        }
        var opened = new List<ISource<TItem>>();
        var names = new List<string>();
        ISource<TItem> Open(string path, string name, string? field = null, bool isReal = true)
        {
            TextFormat reading = options.Reading with { Field = field ?? options.Reading.Field };
            var asked = new SourceRequest(path, options.Scale, options.Seed)
            {
                Text = reading,
                Memory = options.Memory,
                Known = options.Known,
                MostDocuments = options.MostDocuments,
                IsReal = isReal,
            };
            ISource<TItem> source = domain.Open(asked, progress, context.Cancel);
            opened.Add(source);
            names.Add(name);
            return source;
        }

        DealOptions deal = new(options.Units, options.Seed) { ByGroup = options.ByGroup };
        if (options.Reserve is { } reserve) deal = deal with { Reserve = reserve };
        Split<TItem> split = options.Source is { } path
            ? Split.Deal(Open(path, path), deal)
            : Split.Deal(Open(options.Train!, options.Train + " (trained on)", options.TrainField),
                Open(options.HeldOut!, options.HeldOut + " (held out)", options.HeldOutField), deal);
        IReadOnlyList<IView<TItem>> views = domain.ViewsOf?.Invoke(opened[0]) ?? domain.Views;
        ICompressor<TItem>[] compressors = [.. specs.Select((spec, i) => made[i]
            ?? CompressorChoice.Samples(spec, Open(spec.Path!, spec.Name, options.SamplesField, isReal: false)))];
        if (specs.Any(spec => spec.Row != SamplesRow.Row))
        {
            Spec[] added = [.. CompressorChoice.Added(domain, opened).Where(spec => specs.All(named => named.Name != spec.Name))];
            compressors = [.. compressors, .. added.Select(spec => CompressorChoice.Make<TItem>(spec)!)];
            specs = [.. specs, .. added];
        }
        CompressorChoice.CheckTrainedApart(split, compressors);
        var settings = new AuditSettings
        {
            SourceName = options.SourceName,
            Command = context.CommandLine,
            Seed = options.Seed,
            Units = options.Units,
            Threads = options.Threads,
            Reading = $"{domain.Version()}, scale {options.Scale}, passages {options.Reading.PassageBytes} of {options.Reading.Field} by {options.Reading.Group}"
                + Further(options),
            Altered = options.Scale is null ? null : "reduced to " + options.Scale,
            Choose = plan.Choose,
            Compare = plan.Compare,
            Versions = CompressorChoice.Versions(domain, specs),
            Families = specs.ToDictionary(spec => spec.Name, spec => spec.Family),
        };
        var request = new AuditRequest<TItem>(split, compressors, domain.Parrot, domain.ViewsLedBy(options.View, views), settings)
        {
            CloseReading = domain.CloseReading?.Invoke(options.Threads, options.Extraction),
            Planted = domain.Planted?.Invoke(options.Extraction) ?? [],
            NearCopies = domain.NearCopies,
            Pairing = options.Paired ? domain.Pairing : null,
            FirstViewLeads = domain.FirstViewLeads || options.View is not null,
            Peers = domain.Peers,
            Against = plan.Against is { } reference && domain.Comparison is { } comparison ? new ComparisonRequest<TItem>(reference, comparison) : null,
            Shuffle = domain.Shuffle,
        };
        // Of several sources each notice says which it is of.
        IEnumerable<string> notices = opened.SelectMany((source, i) => domain.Notices(source).Select(notice => opened.Count > 1 ? $"{names[i]}: {notice}" : notice));
        return new AuditSetup<TItem>(request, opened, notices.Concat(made.OfType<IHasNotices>().SelectMany(model => model.Notices)));
    }

    /// <summary>What else decides how text is read; nothing where nothing was said, so that what earlier versions kept is gone on with.</summary>
    private static string Further(AuditOptions options)
    {
        TextFormat reading = options.Reading;
        string?[] further = [reading.Encoding, reading.Separator, string.Join(' ', reading.Extensions), options.TrainField, options.HeldOutField, options.SamplesField,
            .. options.MostDocuments != ContentSample.Usual ? [$"{options.MostDocuments} documents"] : Array.Empty<string>()];
        string said = string.Join(", ", further);
        return said.All(c => c is ',' or ' ') ? "" : $"; {said}";
    }
}
