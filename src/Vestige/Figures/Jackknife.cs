using MathNet.Numerics.Distributions;

namespace Vestige.Figures;

/// <summary>Delete-group jackknife over documents: separately for each sample, variances added.</summary>
/// <remarks>
/// Reference samples are never bootstrapped: resampling with replacement halves their support and biases every count of unseen atoms
/// (a bootstrapped Good-Turing covers 0 %). Degrees of freedom by Satterthwaite 1946, since a sum of variances of 25 groups each has fewer
/// than a normal interval pretends.
/// </remarks>
internal static class Jackknife
{
    /// <summary>Groups of documents left out in turn.</summary>
    internal const int MaxGroups = 25;

    /// <summary>Under so many documents in a sample no interval is given: a variance of fewer groups means little.</summary>
    internal const int MinDocuments = 8;

    /// <summary>Why a figure has no interval, in the one wording that there is for it.</summary>
    /// <param name="found">How many there are of what: <c>5 documents in the smallest sample (G)</c>.</param>
    internal static string NoInterval(string found) => $"no interval: {found}, {MinDocuments} are needed";

    /// <summary>Why a figure of enough documents has no interval.</summary>
    internal const string NotWithout = "no interval: without some of the documents it cannot be measured";

    /// <summary>Groups for a sample of so many documents.</summary>
    internal static int Groups(int documents) => Math.Min(MaxGroups, documents);

    /// <summary>The group of a document; documents are numbered in the random order in which they were dealt.</summary>
    internal static int GroupOf(int document, int groups) => document % groups;

    /// <summary>The variance that one sample contributes: <c>(K-1)/K sum (theta_j - mean)^2</c>.</summary>
    /// <param name="replicates">The statistic with each group left out; not finite replicates make the variance NaN.</param>
    internal static double Variance(ReadOnlySpan<double> replicates)
    {
        double mean = 0, sum = 0;
        foreach (double x in replicates) mean += x;
        mean /= replicates.Length;
        foreach (double x in replicates) sum += (x - mean) * (x - mean);
        return (replicates.Length - 1.0) / replicates.Length * sum;
    }

    /// <summary>A standard error and its 95 % interval's half width.</summary>
    /// <param name="variances">One a sample.</param>
    /// <param name="groups">Groups of each sample.</param>
    /// <returns>Null where a sample has under <see cref="MinDocuments"/> groups or a variance is not finite.</returns>
    internal static Spread? Combine(ReadOnlySpan<double> variances, ReadOnlySpan<int> groups)
    {
        double sum = 0, squares = 0, largest = 0;
        foreach (double variance in variances) largest = Math.Max(largest, variance);
        for (int i = 0; i < variances.Length; i++)
        {
            if (groups[i] < MinDocuments || !double.IsFinite(variances[i])) return null;
            sum += variances[i];
            // Squares of the smallest and largest doubles are none: taken of what each is of the largest.
            squares += Math.Pow(variances[i] / largest, 2) / (groups[i] - 1);
        }
        if (sum == 0) return new Spread(0, 0);
        double degrees = Math.Pow(sum / largest, 2) / squares;
        double error = Math.Sqrt(sum);
        return new Spread(error, error * StudentT.InvCDF(0, 1, degrees, 0.975));
    }
}

/// <summary>The uncertainty of a figure.</summary>
/// <param name="Error">Standard error.</param>
/// <param name="HalfWidth">Half the width of the 95 % interval.</param>
internal readonly record struct Spread(double Error, double HalfWidth);
