using Spectre.Console;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Conclusions;
using Vestige.Results;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige audit</c> without arguments: two worlds whose truth is known, images through codecs and text through language models.</summary>
internal static class DefaultAudit
{
    /// <summary>The Transformer of the default audit, small enough for two cores.</summary>
    private const string Small = "transformer:layers=2,width=128,context=48,ngram=4";

    /// <summary>The same, held back from learning T by heart.</summary>
    private const string Regularized = Small + ",dropout=0.1,evaluations=0";

    /// <summary>What is audited, in the order of the output.</summary>
    internal static IReadOnlyList<(string Source, IReadOnlyList<string> Compressors)> Worlds { get; } =
    [
        ("world:sprites:documents=8000", ["nearest:scale=2", "jpeg:q=80", "jpeg:q=40", "jpeg:q=20", "jpeg:q=5", "webp:q=20", "jxl:q=30"]),
        ("world:facts:documents=8000", ["ngram:order=8", Small + ",decay=0,evaluations=0", Regularized, Regularized + ",top_p=0.7"]),
    ];

    internal static int Run(Context context, AuditOptions options)
    {
        if (options.View is not null) throw new UsageException("--view: the default audit has a world of images and one of text, each with its own views; name a source");
        if (options.Scale is not null) throw new UsageException("--scale: the default audit has no photographs; name a folder of images");
        AuditRun.Plan[] plans = [.. Worlds.Select(world => AuditRun.Plan.Of(options with { Source = world.Source, Compressors = world.Compressors }))];
        using var files = new RunFiles(options.Json, options.Out, Inputs.None);
        var results = new List<AuditResult>();
        IAnsiConsole console = context.Output.Tables();
        foreach (AuditRun.Plan plan in plans)
        {
            AuditResult result = AuditRun.Result(context, plan, files);
            results.Add(result);
            AuditTable.Write(console, result);
        }
        AuditSet set = SideBySide.With(results);
        files.Write(set);
        console.WriteLine();
        foreach (Finding finding in set.Findings) console.WriteLine(finding.Text);
        console.WriteLine();
        console.WriteLine(Next);
        if (options.Out is { } folder) ReportRun.After(context, folder);
        return AuditRun.Status(context, results);
    }

    /// <summary>Where to go from here.</summary>
    private const string Next = """
        Next, your own: name a folder before the compressors. There the truth is not known, and the estimates above are what you have.
          vestige audit photos jpeg:q=10..90/20 webp:q=50        images
          vestige audit texts ngram:order=6 transformer:steps=300    text
          vestige audit world:facts:people=50 ngram:order=4..8    another world
          vestige codecs                                         every compressor, with its options
        """;
}
