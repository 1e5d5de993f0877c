using System.Collections.Concurrent;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Choosing;
using Vestige.Images.Interop;
using Vestige.Images.Sources;
using Vestige.Results;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Cli.Commands;

/// <summary>One run of <c>vestige choose</c>, from the user's words to files, table and exit status.</summary>
internal sealed class ChooseRun
{
    private readonly Context _context;
    private readonly ChooseOptions _options;
    private readonly PictureFolder _source;
    private readonly SettingChooser _chooser;
    private readonly OutputPlace _place;
    private readonly string[] _files;
    private readonly bool _makesJpeg;
    private readonly ProgressLine _progress;

    private ChooseRun(Context context, ChooseOptions options, PictureFolder source, SettingChooser chooser, OutputPlace place, ProgressLine progress)
    {
        (_context, _options, _source, _chooser, _place, _progress) = (context, options, source, chooser, place, progress);
        Spec first = chooser.Ladder[0];
        string extension = ((CompressorRow)first.Row).Extension(first);
        (_files, _makesJpeg) = (Files(source, extension), extension is "jpg" or "jpeg");
    }

    /// <summary>Runs it: what is wrong with the command line is said first.</summary>
    internal static int Run(Context context, ChooseOptions options)
    {
        QualityTarget target;
        try
        {
            target = QualityTarget.Parse(options.Target);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--target: {e.Message}");
        }
        IReadOnlyList<Spec> ladder = Ladder(options.Codec);
        ICodec<Picture>[] codecs = [.. ladder.Select(Codec)];
        if (!codecs.All(SettingChooser.MakesFiles)) throw new UsageException($"{options.Codec} makes no files that could be written");
        using OutputPlace place = OutputPlace.Folder("--out", options.Out, new Inputs([options.Source]));
        foreach (string name in new[] { JournalFile.Name, ChoicesFile.Images, ChoicesFile.Name }) place.Check(name);
        using JournalFile journal = JournalFile.Open(place.ToOpen(JournalFile.Name));
        ChoiceReport report;
        using (ProgressLine progress = context.Output.Progress())
        {
            try
            {
                var source = PictureFolder.Open(options.Source, PictureOptions.Default, progress, context.Cancel);
                if (source.Documents.Count == 0) throw new DataException($"{options.Source} holds no images ({source.Ignored} files with other extensions were passed over)");
                report = new ChooseRun(context, options, source, new SettingChooser(ladder, codecs, target, journal), place, progress).Report(target);
            }
            catch (Exception e) when (e is VipsException or IOException or UnauthorizedAccessException)
            {
                throw new DataException(e.Message);
            }
        }
        var earlier = EarlierChoices.Of(place);
        place.Write(ChoicesFile.Name, stream => ChoicesFile.Write(stream, report));
        if (earlier.Remove(report.Rows) is { } left) context.Output.Note(left);
        ChoiceTable.Write(context.Output.Tables(), report, options.Out);
        return report.Rows.Any(row => row.Setting is null) ? ExitStatus.Data
            : report.Rows.Any(row => !row.Setting!.Met) ? ExitStatus.GateFell : ExitStatus.Done;
    }

    private ChoiceReport Report(QualityTarget target)
    {
        int count = _source.Documents.Count;
        var rows = new ChoiceRow[count];
        ForEach("choosing settings", count, i => rows[i] = Guarded(i, () => Choose(i)));
        int[] usable = [.. Enumerable.Range(0, count).Where(i => rows[i].Setting is not null)];
        IReadOnlyDictionary<int, IReadOnlyList<Coding>> forAll = new Dictionary<int, IReadOnlyList<Coding>>();
        if (usable.Length > 1)
        {
            int[] steps = [.. usable.Select(i => rows[i].Setting!.Step).Order()];
            forAll = _chooser.TryForAll(_chooser.Worst(usable.Select(i => rows[i].Setting!.Coding)), steps[^(1 + (steps.Length / 20))], step =>
            {
                var codings = new Coding[usable.Length];
                ForEach($"all images at {_chooser.Ladder[step].Name}", usable.Length, i => codings[i] = _chooser.At(step, Image(usable[i]), Content(usable[i])));
                return codings;
            });
        }
        // What was coded for all may serve an image better than what its own search found.
        foreach (int i in usable) rows[i] = rows[i] with { Setting = _chooser.BestKnown(rows[i].Setting!, Content(i)) };
        Coding[] chosen = [.. usable.Select(i => rows[i].Setting!.Coding)];
        int? one = forAll.Where(tried => _chooser.IsNoWorse(tried.Value, chosen)).OrderBy(tried => tried.Value.Sum(coding => coding.Bytes)).ThenBy(tried => tried.Key)
            .Select(tried => (int?)tried.Key).FirstOrDefault();
        for (int i = 0; one is { } at && i < usable.Length; i++) rows[usable[i]] = rows[usable[i]] with { AtOne = forAll[at][i] };
        ForEach("writing files", usable.Length, i => rows[usable[i]] = Guarded(usable[i], () => Written(usable[i], rows[usable[i]])));
        return new ChoiceReport(_options.Source, _chooser.Ladder, target, rows, one, forAll.Count, [.. _source.Notices]);
    }

    private ChoiceRow Choose(int i)
    {
        Document document = _source.Documents[i];
        (ChosenSetting setting, byte[]? file) = _chooser.Choose(Image(i), Content(i), _makesJpeg && _source.JpegQualityOf(i) is { } quality ? _chooser.StepOf(quality) : null);
        // Most keep it; what a better one replaces in the end is written then.
        if (file is not null) _place.Write(_files[i], file);
        return new ChoiceRow(document.Name, document.Bytes, _files[i], setting);
    }

    private ChoiceRow Written(int i, ChoiceRow row)
    {
        if (!Stands(_files[i], row.Setting!.Coding)) _place.Write(_files[i], _chooser.File(row.Setting.Step, Image(i).Value));
        return row;
    }

    /// <summary>A row, or why there is none.</summary>
    private ChoiceRow Guarded(int i, Func<ChoiceRow> make)
    {
        try
        {
            return make();
        }
        catch (UnusableDocumentException e)
        {
            Document document = _source.Documents[i];
            string name = Names.Printable(document.Name);
            return new ChoiceRow(document.Name, document.Bytes, "", null) { Why = e.Message.StartsWith(name, StringComparison.Ordinal) ? e.Message : $"{name}: {e.Message}" };
        }
    }

    /// <summary>Whether an earlier run wrote this file.</summary>
    private bool Stands(string name, Coding coding)
    {
        string path = _place.ToOpen(name);
        try
        {
            return File.Exists(path) && SettingChooser.HashOf(File.ReadAllBytes(path)) == coding.File;
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            return false;
        }
    }

    private Lazy<Picture> Image(int i) => new(() => _source.Read(i)[0], LazyThreadSafetyMode.None);

    private UInt128 Content(int i) => _source.Documents[i].Content;

    private void ForEach(string what, int count, Action<int> work)
    {
        int done = 0;
        _progress.Report(new WorkProgress(what, 0));
        var options = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = _context.Cancel };
        try
        {
            Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering), options, i =>
            {
                work(i);
                _progress.Report(new WorkProgress(what, (double)Interlocked.Increment(ref done) / count));
            });
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException($"interrupted; the same command goes on where it stopped ({_options.Out} keeps what is done)");
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    /// <summary>All values of the codec's q, or those that the user gave.</summary>
    private static IReadOnlyList<Spec> Ladder(string text)
    {
        Domain domain = DomainRegistry.All[0];
        string name = text.Split(':', 2)[0];
        CompressorRow row = domain.Rows.FirstOrDefault(r => r.Name == name)
            ?? throw new UsageException($"there is no codec \"{name}\".{Suggestion.For(name, domain.Rows.Select(r => r.Name))} There are: "
                + $"{string.Join(", ", domain.Rows.Where(HasQuality).Select(r => r.Name))}");
        if (!HasQuality(row))
            throw new UsageException($"{name} has no q that could be searched; these have: " + $"{string.Join(", ", domain.Rows.Where(HasQuality).Select(r => r.Name))}");
        IReadOnlyList<Spec> given = CompressorChoice.Parse(domain, [text]);
        bool has = GivesQuality(text);
        OptionSpec q = row.Options.First(o => o.Name == "q");
        if (has && given.Count == 1) throw new UsageException($"{text}: q is what is searched; leave it out, or give a range such as q={q.Range}");
        if (!has && q.Kind == OptionKind.Number) throw new UsageException($"{text}: give the values of q that are to be tried, from the cheapest up: q=10..90/1");
        IReadOnlyList<Spec> ladder = has ? given : CompressorChoice.Parse(domain, [$"{text}{(text.Contains(':', StringComparison.Ordinal) ? ',' : ':')}q={q.Range}"]);
        return ladder.Select(spec => spec.Family).Distinct().Count() == 1 ? ladder : throw new UsageException($"{text} stands for several codecs: only q may be a range");
    }

    private static bool HasQuality(CompressorRow row) => row.Options.Any(option => option.Name == "q");

    // Outside quotes, in which a command line stands.
    private static bool GivesQuality(string text) =>
        string.Concat(text.Split('"').Where((_, i) => i % 2 == 0)).Split(':', ',').Any(part => part.StartsWith("q=", StringComparison.Ordinal));

    private static ICodec<Picture> Codec(Spec spec) => CompressorChoice.WithoutTraining<Picture>(spec) as ICodec<Picture>
        ?? throw new UsageException($"{spec.Name} reconstructs nothing: name a codec of images");

    /// <summary>Where each goes: its name with the codec's extension, or added to its own where two would be one.</summary>
    private static string[] Files(PictureFolder source, string extension)
    {
        string[] names = [.. source.Documents.Select(document => Path.ChangeExtension(document.Name, extension))];
        HashSet<string> twice = [.. names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).SelectMany(group => group)];
        return [.. names.Select((name, i) => ChoicesFile.Images + (twice.Contains(name) ? $"{source.Documents[i].Name}.{extension}" : name))];
    }
}
