using Vestige.Conclusions.Wording;
using Vestige.Results;
using Vestige.Specs;

namespace Vestige.Conclusions;

/// <summary>The question that an audit answers, and its answer: for the top of a page. Nothing is said here that no other finding says.</summary>
internal static class Answer
{
    internal static IEnumerable<Finding> Of(AuditResult concluded)
    {
        yield return new Finding("question", null, Question(concluded)) { Part = FindingPart.Answer };
        Finding[] first = [.. concluded.Findings.Where(finding => finding.Part == FindingPart.Warning).Take(1)];
        Finding[] choice = [.. concluded.Findings.Where(finding => finding.Id == "choice").Take(1)];
        Finding[] account = [.. concluded.Findings.Where(finding => finding.Id is "exact" or "lost" or "hallucinated" or "faithful" or "untold")];
        // Where nothing is to be chosen, the account of what was named; else the reason why there is none.
        Finding[] rest = choice.Length > 0 && !(account is [{ Id: "exact" }, ..]) ? choice : account.Length > 0
            ? account[..Math.Min(2, account.Length)] : [.. concluded.Findings.Take(1)];
        string[] sentences = [.. first.Concat(rest).Select(finding => finding.Text).Distinct()];
        if (sentences.Length > 0) yield return new Finding("answer", null, string.Join(' ', sentences)) { Part = FindingPart.Answer };
    }

    private static string Question(AuditResult result)
    {
        string items = result.Source.Items;
        string[] families = [.. result.Rows.Where(row => row.Named).Select(row => WrittenSpec.Of(row.Name).Name).Distinct()];
        string who = families.Length <= 4 ? Words.List(families) : $"{families.Length} compressors";
        return families.Length switch
        {
            0 => $"What can be told from these {items}?",
            1 => $"What does {who} keep of these {items}, and what does it make up?",
            _ => $"What do {who} keep of these {items}, and what do they make up?",
        };
    }
}
