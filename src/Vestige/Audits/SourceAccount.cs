using Vestige.Audits.Documents;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>What a result says of the source and of how it was dealt.</summary>
internal static class SourceAccount
{
    internal static SourceInfo Of<TItem>(AuditRequest<TItem> request, SeenDocuments<TItem> documents, Samples<TItem> samples)
    {
        Medium medium = documents.Medium;
        long size = 0, current = 0;
        int usable = 0, units = 0;
        var formats = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < documents.Own; i++)
        {
            if (!documents.Usable(i)) continue;
            usable++;
            units += documents.Items(documents.Entries[i]);
            size += documents.Size(i);
            current += documents.Entries[i].Info.Bytes;
            if (documents.Entries[i].Info.Format is { } format) formats[format] = formats.GetValueOrDefault(format) + 1;
        }
        Split<TItem> split = request.Split;
        long sampled = new[] { samples.Training, samples.HeldOut, samples.Floor, samples.Yardstick }.Sum(parts => (long)Samples<TItem>.UnitsOf(parts));
        long copies = split.Rest.Where(split.IsCopy).Sum(entry => (long)documents.Items(entry));
        bool sections = !split.IsGrouped && documents.Entries.Take(documents.Own).Any(entry => entry.Info.Whole != 0);
        return new SourceInfo
        {
            Name = request.Settings.SourceName,
            Items = medium.Items,
            SizeUnit = medium.SizeUnit,
            Document = medium.Document,
            Documents = documents.Own,
            Population = Population(documents),
            Usable = usable,
            Units = units,
            Copies = split.Copies,
            Deal = new DealInfo(Samples<TItem>.Describe(samples.Training), Samples<TItem>.Describe(samples.HeldOut),
                Samples<TItem>.Describe(samples.Floor), Samples<TItem>.Describe(samples.Yardstick))
            {
                By = split.IsGrouped ? "group" : sections ? "section" : "document",
                LeftOut = units - sampled - copies,
                LeftOutShare = units == 0 ? 0 : (double)(units - sampled - copies) / units,
                SharedWithTraining = split.SharedWithTraining,
                RecurringInTraining = split.RecurringInTraining,
                IsTrainingNamed = split.TrainingIsKnown,
            },
            Formats = formats,
            Altered = request.Settings.Altered,
            Size = size,
            CurrentBytes = current,
            RawBytes = size * medium.RawBits / 8,
            LosslessBytes = null,
        };
    }

    /// <summary>Documents that all sources had, where one of them had more than it kept.</summary>
    private static long? Population<TItem>(SeenDocuments<TItem> documents)
    {
        ISource<TItem>[] sources = [.. documents.Entries.Take(documents.Own).Select(entry => entry.Source).Distinct()];
        return sources.All(source => source.Population is null) ? null : sources.Sum(source => source.Population ?? source.Documents.Count);
    }
}
