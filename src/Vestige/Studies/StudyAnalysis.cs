namespace Vestige.Studies;

/// <summary>From what the cells gave to effects, changes and the frontier.</summary>
public static class StudyAnalysis
{
    /// <summary>Responses that the frontier is of, where they are measured: what one pays for the other with.</summary>
    private static readonly string[] s_traded = ["generalized", "hallucinated", "lost", "held-out", "rate"];

    /// <summary>Adds effects, changes, frontier and findings to what was measured.</summary>
    public static StudyResult Of(StudyResult measured, StudyDesign design)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(design);
        var effects = new List<Effect>();
        var parts = new List<Effect>();
        for (int budget = 0; budget < measured.Budgets.Count; budget++)
        {
            StudyRow[] rows = [.. measured.Rows.Where(row => row.Budget == budget).OrderBy(row => row.Cell)];
            foreach (Response response in measured.Responses)
            {
                double?[][] values = [.. Enumerable.Range(0, measured.Blocks).Select(block => rows.Select(row => row.Values.GetValueOrDefault(response.Name)?[block]).ToArray())];
                (response.IsPart ? parts : effects).AddRange(Effects.Of(design, response.Name, values).Select(effect => effect with { Budget = budget }));
            }
        }
        StudyResult result = measured with { Effects = Effects.Discoveries(effects), Parts = Effects.Discoveries(parts) };
        result = result with { Changes = Changed(result), Frontier = FrontierOf(result) };
        return result with { Findings = StudyFindings.Of(result) };
    }

    private static List<SignChange> Changed(StudyResult result)
    {
        var changes = new List<SignChange>();
        foreach (var group in result.Effects.GroupBy(effect => (effect.Response, effect.Term)))
        {
            Effect? up = group.FirstOrDefault(effect => effect.Low > 0), down = group.FirstOrDefault(effect => effect.High < 0);
            if (up is not null && down is not null)
                changes.Add(new SignChange(group.Key.Response, group.Key.Term, Math.Min(up.Budget, down.Budget), Math.Max(up.Budget, down.Budget)));
        }
        return changes;
    }

    /// <summary>Cells that no other cell of the same budget beats in all that is traded (Pareto).</summary>
    private static List<FrontierCell> FrontierOf(StudyResult result)
    {
        // What some cells do not have (a truncated q has no code length of real items) is no ground to leave them out.
        StudyRow[] measured = [.. result.Rows.Where(row => row.Values.Count > 0)];
        Response[] traded = [.. result.Responses.Where(response => s_traded.Contains(response.Name) && response.Better != 0
            && measured.All(row => row.Mean(response.Name) is not null))];
        var frontier = new List<FrontierCell>();
        foreach (var budget in result.Rows.GroupBy(row => row.Budget))
        {
            (StudyRow Row, double[] Costs)[] cells = [.. budget
                .Select(row => (row, traded.Select(response => -response.Better * (row.Mean(response.Name) ?? double.NaN)).ToArray()))
                .Where(cell => cell.Item2.All(double.IsFinite))];
            frontier.AddRange(cells.Where(cell => !cells.Any(other => Beats(other.Costs, cell.Costs))).Select(cell => new FrontierCell(budget.Key, cell.Row.Cell)));
        }
        return frontier;

        static bool Beats(double[] one, double[] other) => one.Zip(other).All(pair => pair.First <= pair.Second) && one.Zip(other).Any(pair => pair.First < pair.Second);
    }
}
