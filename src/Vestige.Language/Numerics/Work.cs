using System.Runtime.ExceptionServices;

namespace Vestige.Language.Numerics;

/// <summary>Independent tasks on several threads.</summary>
internal static class Work
{
    /// <summary>
    /// Runs <paramref name="task"/>(worker, i) for each i below <paramref name="count"/>, each worker taking the next when it is
    /// free. The result must not depend on which worker runs what; the worker's number is for its own scratch memory.
    /// </summary>
    internal static void Run(int count, int workers, Action<int, int> task)
    {
        workers = Math.Min(workers, count);
        if (workers <= 1)
        {
            for (int i = 0; i < count; i++) task(0, i);
            return;
        }

        int next = -1;
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, worker =>
            {
                for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next)) task(worker, i);
            });
        }
        catch (AggregateException e)
        {
            // As from a plain loop: the first of what went wrong.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
