using Vestige.Specs;

namespace Vestige.Studies;

/// <summary>How cells are chosen.</summary>
public enum DesignKind
{
    /// <summary>All combinations where they are few, else a fraction.</summary>
    Auto,

    /// <summary>All combinations.</summary>
    Full,

    /// <summary>A fraction of the two-level factors' combinations, crossed with all of the others'.</summary>
    Fraction,
}

/// <summary>What is run and what can be told from it: fixed before the first run.</summary>
public sealed class StudyDesign
{
    /// <summary>Factors of one study.</summary>
    public const int MostFactors = 24;

    /// <summary>Cells unless the user allows more: what 90 minutes of two cores hold with models of a minute.</summary>
    public const int DefaultCells = 32;

    /// <summary>Combinations that are few.</summary>
    private const int Few = 16;

    private StudyDesign(IReadOnlyList<Factor> factors, IReadOnlyList<IReadOnlyList<int>> cells, int? resolution) =>
        (Factors, Cells, Resolution, Terms) = (factors, cells, resolution, StudyTerm.Of(factors, cells));

    /// <summary>The ingredients.</summary>
    public IReadOnlyList<Factor> Factors { get; }

    /// <summary>The level of each factor in each cell.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Cells { get; }

    /// <summary>Of a fraction 4 (IV) or 5 (V); null where all combinations are run.</summary>
    public int? Resolution { get; }

    /// <summary>What is estimated.</summary>
    public IReadOnlyList<StudyTerm> Terms { get; }

    /// <summary>"32 of 256 combinations, resolution IV".</summary>
    public string Summary
    {
        get
        {
            double all = Factors.Aggregate(1.0, (product, factor) => product * factor.Levels.Count);
            return Resolution is { } resolution ? FormattableString.Invariant($"{Cells.Count} of {all:0} combinations, resolution {(resolution == 5 ? "V" : "IV")}")
                : $"all {Cells.Count} combinations";
        }
    }

    /// <summary>The design that a result was measured with.</summary>
    public static StudyDesign Of(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new StudyDesign(result.Factors, result.Cells, null);
    }

    /// <summary>Chooses the cells.</summary>
    /// <param name="factors">The ingredients.</param>
    /// <param name="kind">How.</param>
    /// <param name="mostCells">No more cells than this.</param>
    /// <exception cref="SpecException">There is no such design; the message says what would be possible.</exception>
    public static StudyDesign Of(IReadOnlyList<Factor> factors, DesignKind kind, int mostCells = DefaultCells)
    {
        ArgumentNullException.ThrowIfNull(factors);
        Check(factors);
        double all = factors.Aggregate(1.0, (product, factor) => product * factor.Levels.Count);
        if (kind == DesignKind.Full || (kind == DesignKind.Auto && all <= Math.Min(Few, mostCells)))
        {
            return all <= mostCells ? new StudyDesign(factors, Cross(factors, [.. factors.Select((_, i) => i)]), null)
                : throw new SpecException(FormattableString.Invariant($"all combinations are {all:0} cells, and at most {mostCells} are to be run: ") + Offer(factors));
        }
        int[] two = [.. Enumerable.Range(0, factors.Count).Where(i => factors[i].Levels.Count == 2)];
        int[] more = [.. Enumerable.Range(0, factors.Count).Except(two)];
        List<int[]> crossed = Cross(factors, more);
        for (int resolution = 5; resolution >= 4; resolution--)
        {
            // The smallest that is clear at V; at IV the largest that fits, in which fewest interactions look alike.
            IEnumerable<int> sizes = Enumerable.Range(0, Fraction.MostBasic + 1).Where(basic => (1L << basic) * crossed.Count <= mostCells);
            foreach (int basic in resolution == 5 ? sizes : sizes.Reverse())
            {
                if (Fraction.Columns(two.Length, basic, resolution) is not { } columns) continue;
                bool full = two.Length <= basic;
                int cells = full ? 1 << two.Length : 1 << basic;
                return new StudyDesign(factors, [.. crossed.SelectMany(levels => Enumerable.Range(0, cells).Select(cell => Filled(levels, two, columns, cell)))],
                    full ? null : resolution);
            }
        }
        throw new SpecException($"{factors.Count} factors do not fit into {mostCells} cells with main effects clear of interactions: " + Offer(factors));
    }

    private static int[] Filled(int[] levels, int[] two, int[] columns, int cell)
    {
        int[] filled = [.. levels];
        for (int i = 0; i < two.Length; i++) filled[two[i]] = Fraction.Sign(columns[i], cell) > 0 ? 1 : 0;
        return filled;
    }

    /// <summary>All combinations of some factors, the others at their first level; the last factor runs fastest.</summary>
    private static List<int[]> Cross(IReadOnlyList<Factor> factors, int[] which)
    {
        List<int[]> cells = [new int[factors.Count]];
        foreach (int factor in which)
        {
            cells = [.. cells.SelectMany(cell => Enumerable.Range(0, factors[factor].Levels.Count).Select(level =>
            {
                int[] next = [.. cell];
                next[factor] = level;
                return next;
            }))];
            if (cells.Count > 1 << Fraction.MostBasic)
                throw new SpecException($"{string.Join(", ", factors)}: more than {1 << Fraction.MostBasic} combinations; " + Offer(factors));
        }
        return cells;
    }

    /// <summary>What would be possible.</summary>
    private static string Offer(IReadOnlyList<Factor> factors)
    {
        int two = factors.Count(factor => factor.Levels.Count == 2);
        double crossed = factors.Where(factor => factor.Levels.Count > 2).Aggregate(1.0, (product, factor) => product * factor.Levels.Count);
        int basic = Enumerable.Range(0, Fraction.MostBasic + 1).FirstOrDefault(basic => Fraction.Columns(two, basic, 4) is not null, -1);
        string levels = crossed > 1 ? "; factors of more than two levels are crossed with all others, so give two levels to those that need no curve" : "";
        return (basic < 0 ? "take fewer factors" : FormattableString.Invariant(
            $"--cells {crossed * (1L << Math.Min(basic, Math.Max(two, 0))):0} would do for a fraction of resolution IV, or take fewer factors")) + levels;
    }

    private static void Check(IReadOnlyList<Factor> factors)
    {
        if (factors.Count == 0) throw new SpecException("nothing varies: give --vary KEY=LEVEL,LEVEL at least once");
        if (factors.GroupBy(factor => factor.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new SpecException($"--vary {twice.Key} is given twice: write all its levels in one");
        foreach (Factor factor in factors)
        {
            if (factor.Levels.Count < 2) throw new SpecException($"--vary {factor} has one level, and an effect is a difference of two: --vary {factor.Name}=A,B");
            if (factor.Levels.Count > Factor.MostLevels) throw new SpecException($"--vary {factor.Name} has {factor.Levels.Count} levels; at most {Factor.MostLevels}");
            if (factor.Levels.Distinct().Count() < factor.Levels.Count) throw new SpecException($"--vary {factor}: a level stands there twice");
        }
        if (factors.Count > MostFactors)
            throw new SpecException($"{factors.Count} factors; at most {MostFactors}. " + char.ToUpperInvariant(Offer(factors)[0]) + Offer(factors)[1..]);
    }
}
