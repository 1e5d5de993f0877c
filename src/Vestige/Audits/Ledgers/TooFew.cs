using Vestige.Audits.Documents;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Sources;

namespace Vestige.Audits.Ledgers;

/// <summary>Why samples are too small for a ledger: which of them, and what would help.</summary>
internal static class TooFew<TItem>
{
    private const int Least = DealOptions.MinDocuments, ForIntervals = Jackknife.MinDocuments;

    internal static string Why(Samples<TItem> samples, SeenDocuments<TItem> documents, Split<TItem> split)
    {
        // What H has no room for is in no sample; what another has none for is in H.
        bool IsFull(IReadOnlyList<Entry<TItem>> sample) => sample.Sum(entry => (long)entry.Info.Units) >= split.Units;
        (string Name, int Held, bool IsFull)[] all =
        [
            ("T", Samples<TItem>.ClustersOf(samples.Training), IsFull(split.Training)), ("H", Samples<TItem>.ClustersOf(samples.HeldOut), false),
            ("A", Samples<TItem>.ClustersOf(samples.Floor), IsFull(split.Floor)), ("B", Samples<TItem>.ClustersOf(samples.Yardstick), IsFull(split.Yardstick)),
        ];
        (string Name, int Held, bool IsFull)[] few = [.. all.Where(sample => sample.Held < Least)];
        // What is dealt: a text's passages are not, its documents are.
        string things = split.IsGrouped ? "groups" : documents.Entries.Count == 0 ? "documents"
            : documents.Medium.FullSize is null && documents.Entries.All(entry => documents.Items(entry) <= 1) ? documents.Medium.Items : documents.Medium.Document + "s";
        // In no sample for want of room; copies stand aside in any case.
        int left = split.Rest.Where(entry => !split.IsCopy(entry) && split.ClusterOf(entry) < 0 && documents.Items(entry) > 0)
            .Select(entry => split.IsGrouped && entry.Info.Group != 0 ? entry.Info.Group : entry.Info.Content).Distinct().Count();
        bool named = split.TrainingIsKnown;
        // Where T is named the other three share what was kept from it.
        (string Name, int Held, bool IsFull)[] dealt = [.. few.Where(sample => !named || sample.Name != "T")];
        int shares = named ? 3 : 4, there = all.Where(sample => !named || sample.Name != "T").Sum(sample => sample.Held) + left;
        string needed = $"{shares * Least} usable {things} are needed ({shares * ForIntervals} for intervals)", whole = split.IsGrouped ? "; a group is dealt as a whole" : "";
        string found = there == 1 ? "there is 1" : $"there are {there}";
        if (!named && there < shares * Least) return $"a ledger deals the {things} into four samples of at least {Least}: {needed}, and {found}{whole}";
        var causes = new List<string>();
        if (dealt.Length < few.Length) causes.Add("T is what --train names: name more");
        if (dealt.Length > 0 && there < shares * Least)
        {
            causes.Add($"H, A and B are dealt from what --heldout names, where {needed} and {found}; more in T does not help");
        }
        else if (dealt.Length > 0)
        {
            string[] full = [.. dealt.Where(sample => sample.IsFull).Select(sample => sample.Name)];
            var options = new List<string>();
            if (full.Length > 0) options.Add($"--units keeps {Words.List(full)} so small");
            if (left > 0 && dealt.Any(sample => sample.Name == "H")) options.Add("--reserve keeps H so small");
            causes.Add(options.Count > 0 ? $"there are {there} to deal, but {Words.List(options)}"
                : $"there are {there}, and what could not be used left some samples with fewer");
        }
        return $"a ledger needs at least {Least} usable {things} in each of T, H, A and B ({ForIntervals} for intervals), and here "
            + $"{Words.List(few.Select((sample, i) => $"{sample.Name}{(i == 0 ? " holds" : "")} {sample.Held}"))}: {string.Join("; ", causes)}{whole}";
    }
}
