namespace Vestige.Worlds.Oracles;

/// <summary>What an oracle makes of <c>p</c> before it memorizes and invents.</summary>
internal static class BaseDistribution
{
    /// <summary>base(p): drops, then truncates, then tempers, then normalizes.</summary>
    /// <remarks>
    /// Dropping spreads its mass over all ranks by error diffusion: each item adds its due to a debt, and is dropped when the debt is at
    /// least half of it. So the dropped mass is <see cref="OracleOptions.Drop"/> to within half an item, and in a long flat tail every
    /// 1/Drop-th item goes.
    /// </remarks>
    /// <param name="p">Probabilities, not increasing, sum 1: the types of an urn, the weights of a mixture's modes.</param>
    /// <param name="options">What to do.</param>
    /// <returns>Probabilities of the same items, sum 1; 0 where dropped or truncated.</returns>
    /// <exception cref="ArgumentException">Nothing is left.</exception>
    public static double[] Of(IReadOnlyList<double> p, OracleOptions options)
    {
        double[] q = [.. p];
        double debt = 0;
        double left = 0;
        for (int x = 0; x < q.Length; x++)
        {
            debt += options.Drop * q[x];
            if (options.Drop > 0 && debt >= q[x] / 2)
            {
                debt -= q[x];
                q[x] = 0;
            }
            left += q[x];
        }
        if (left == 0)
        {
            throw OracleOptions.Table.Error("drop", options.Drop,
                "nothing of so small a world is left; take a smaller share or a larger world");
        }

        double kept = 0;
        double total = 0;
        for (int x = 0; x < q.Length; x++)
        {
            if (options.Truncate < 1 && kept >= options.Truncate * left) q[x] = 0;
            kept += q[x];
            if (q[x] > 0) q[x] = Math.Pow(q[x], options.Temper);
            total += q[x];
        }
        for (int x = 0; x < q.Length; x++) q[x] /= total;
        return q;
    }
}
