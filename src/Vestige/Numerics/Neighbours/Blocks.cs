namespace Vestige.Numerics.Neighbours;

/// <summary>Work in blocks of fixed size, none of which sees another: what comes out does not depend on the number of threads.</summary>
internal static class Blocks
{
    /// <summary>Does blocks 0 .. <paramref name="count"/> - 1.</summary>
    internal static void Run(int threads, int count, Action<int> block) =>
        Run(threads, count, static () => 0, (i, _) => block(i));

    /// <summary>Does blocks 0 .. <paramref name="count"/> - 1 with a workspace for each thread.</summary>
    internal static void Run<T>(int threads, int count, Func<T> workspace, Action<int, T> block)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (threads == 1 || count < 2)
        {
            T own = workspace();
            for (int i = 0; i < count; i++) block(i, own);
            return;
        }
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, workspace, (i, _, own) =>
        {
            block(i, own);
            return own;
        }, static _ => { });
    }
}
