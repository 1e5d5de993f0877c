using Vestige.Cli.Faults;
using Vestige.Expressions;
using Vestige.Results;
using Vestige.Specs;

namespace Vestige.Cli.Gates;

/// <summary>A condition under which an audit is to fail: <c>hallucinated&gt;0.05 and rate&lt;1</c>.</summary>
/// <param name="Text">As the user wrote it.</param>
/// <param name="Condition">What it says.</param>
internal sealed record Gate(string Text, Condition Condition)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="UsageException">It is none; the message names the option, the place, and what may stand there.</exception>
    internal static Gate Parse(string text, IReadOnlyList<Column> columns) => new(text, Read("--fail-if", text, columns));

    /// <summary>Reads the condition that is the value of an option.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    internal static Condition Read(string option, string text, IReadOnlyList<Column> columns)
    {
        try
        {
            return ConditionParser.Parse(text, columns);
        }
        catch (SpecException e)
        {
            throw new UsageException($"{option} {e.Message}");
        }
    }

    /// <summary>Judges every row the user named.</summary>
    internal IEnumerable<GateOutcome> Judge(AuditResult result) => result.Rows.Where(row => row.Named).Select(row =>
    {
        Judgement judgement = Condition.Judge(result, row);
        // What cannot be judged is not passed: a gate that opens for want of data guards nothing.
        bool fell = judgement.Verdict is Verdict.Holds or Verdict.Unmeasurable;
        return new GateOutcome(Text, row.Name, fell, fell ? judgement.Words : null) { NoInterval = judgement.NoInterval };
    });
}
