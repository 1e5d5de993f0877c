using System.CommandLine;
using Vestige.Audits;
using Vestige.Cli.Domains;
using Vestige.Cli.Rendering;
using Vestige.Compressors;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Cli.Commands;

/// <summary><c>vestige audit</c>: all ledgers and bits of several compressors on one source.</summary>
internal static class AuditCommand
{
    private const int DefaultUnits = 2000;

    internal static Command Create(Context context)
    {
        Argument<string> source = new("source") { Description = "A folder of images (searched recursively), or one file." };
        Argument<string[]> compressors = new("compressors") { Description = "name:key=value,key=value; a value may be a range: jpeg:q=10..90/20.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> scale = new("--scale") { Description = "Reduce images before everything else, as 1/2: hides what an earlier JPEG left behind." };
        Option<int> units = new("--units") { Description = "At most so many images in each of the four samples; rates use all.", DefaultValueFactory = _ => DefaultUnits };
        Option<string?> json = new("--json") { Description = "Also write the result as JSON (docs/results.md) to this file." };
        Option<string?> outFolder = new("--out") { Description = "Also write results.json into this folder." };
        Option<ulong> seed = CommonOptions.Seed();
        Option<int> threads = CommonOptions.Threads();
        units.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value < 1)
                result.AddError($"--units {value}: it takes a whole number from 1 up");
        });
        var command = new Command("audit", """
            Puts compressors through one instrument: bits spent, and what is lost, memorized, generalized and hallucinated,
            each with its 95 % interval and its floor (what fresh real items score).

            Examples:
              vestige audit photos jpeg:q=10..90/20
              vestige audit photos jpeg:q=50,chroma=444 webp:q=50 nearest:scale=4 --scale 1/2
              vestige audit photos avif:q=30..70/20 --json result.json
            """) { source, compressors, scale, units, json, outFolder, seed, threads };
        command.SetAction(parsed => Run(context, new Request(
            parsed.GetValue(source)!, parsed.GetValue(compressors) ?? [], parsed.GetValue(scale), parsed.GetValue(units),
            parsed.GetValue(json), parsed.GetValue(outFolder), parsed.GetValue(seed), parsed.GetValue(threads))));
        return command;
    }

    private sealed record Request(
        string Source, IReadOnlyList<string> Compressors, string? Scale, int Units, string? Json, string? Out, ulong Seed, int Threads);

    private static int Run(Context context, Request request)
    {
        // Whatever cannot be written is said before the work, not after it.
        var files = new ResultFiles(request.Json, request.Out);
        Domain domain = CompressorChoice.DomainOf(request.Compressors);
        AuditResult result = domain.Accept(new Runner(context, request));
        files.Write(result);
        AuditTable.Write(context.Output.Tables(), result);
        return result.Source.Usable > 0 ? ExitStatus.Done : ExitStatus.Data;
    }

    private sealed class Runner(Context context, Request request) : IDomainVisitor<AuditResult>
    {
        public AuditResult Visit<TItem>(Domain<TItem> domain)
        {
            IReadOnlyList<ICompressor<TItem>> compressors = CompressorChoice.Make(domain, request.Compressors, out IReadOnlyDictionary<string, string> versions);
            using ProgressLine progress = context.Output.Progress();
            ISource<TItem> source = domain.Open(new SourceRequest(request.Source, request.Scale), progress, context.Cancel);
            Split<TItem> split = Split.Deal(source, request.Units, request.Seed);
            var settings = new AuditSettings(request.Source, context.CommandLine, request.Seed, request.Units, request.Threads, versions);
            AuditResult result = Audit.Run(
                new AuditRequest<TItem>(split, compressors, domain.Parrot, domain.Views, settings), progress, context.Cancel);
            progress.Dispose();
            foreach (string notice in domain.Notices(source)) context.Output.Note(notice);
            return result;
        }
    }
}
