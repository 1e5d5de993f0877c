using System.Numerics;

namespace Vestige.Studies;

/// <summary>Regular two-level fractional factorials: each factor is a product of basic factors, written as the set of bits of these.</summary>
/// <remarks>
/// A cell is a number of <c>basic</c> bits; a factor is high where an odd number of its bits are set in the cell. The shortest product of factors that
/// is constant is the design's resolution (Box, Hunter 1961): at IV main effects are clear of two-factor interactions, at V these are clear of each other.
/// </remarks>
internal static class Fraction
{
    /// <summary>Cells of the largest fraction are two to this.</summary>
    internal const int MostBasic = 10;

    /// <summary>The bits of each factor; null where so many factors do not fit.</summary>
    /// <param name="factors">How many.</param>
    /// <param name="basic">Two to this is the number of cells.</param>
    /// <param name="resolution">4 or 5.</param>
    internal static int[]? Columns(int factors, int basic, int resolution)
    {
        if (factors <= basic) return [.. Enumerable.Range(0, factors).Select(i => 1 << i)];
        var columns = Enumerable.Range(0, basic).Select(i => 1 << i).ToList();
        // Products of odd numbers of basic factors: no three of them make a constant. For V no four must either.
        int[] candidates = [.. Enumerable.Range(1, (1 << basic) - 1)
            .Where(mask => BitOperations.PopCount((uint)mask) >= resolution - 1 && (resolution != 4 || BitOperations.PopCount((uint)mask) % 2 == 1))
            .OrderBy(mask => BitOperations.PopCount((uint)mask)).ThenBy(mask => mask)];
        var taken = columns.ToHashSet();
        // How many pairs of factors make each interaction: what a new factor is aliased with is counted from it.
        int[] pairs = new int[1 << basic];
        for (int i = 0; i < columns.Count; i++)
            for (int j = 0; j < i; j++) pairs[columns[i] ^ columns[j]]++;
        while (columns.Count < factors)
        {
            // Least aliasing of interactions first; of equal ones the first, so that a design is always the same.
            int best = -1, least = int.MaxValue;
            foreach (int candidate in candidates)
            {
                if (taken.Contains(candidate)) continue;
                if (resolution == 5 && pairs[candidate] > 0) continue;
                int aliased = columns.Sum(column => pairs[candidate ^ column]);
                if ((resolution == 5 && aliased > 0) || aliased >= least) continue;
                (best, least) = (candidate, aliased);
            }
            if (best < 0) return null;
            foreach (int column in columns) pairs[best ^ column]++;
            columns.Add(best);
            taken.Add(best);
        }
        return [.. columns];
    }

    /// <summary>-1 or 1: the level of a factor in a cell.</summary>
    internal static int Sign(int column, int cell) => BitOperations.PopCount((uint)(column & cell)) % 2 == 1 ? 1 : -1;
}
