using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Vestige.Audits.Documents;

/// <summary>The same done with each of some things, several at once.</summary>
internal static class InParallel
{
    /// <summary>What a function makes of each, in their order: nothing depends on which thread took which.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static TResult[] Select<TSource, TResult>(IReadOnlyList<TSource> things, int threads, Func<TSource, TResult> of, CancellationToken cancel)
    {
        var made = new TResult[things.Count];
        Each([.. Enumerable.Range(0, made.Length)], threads, i => made[i] = of(things[i]), cancel);
        return made;
    }

    /// <summary>Does something with each. A fault is thrown as it was.</summary>
    /// <param name="things">With what.</param>
    /// <param name="threads">How many at once, at most.</param>
    /// <param name="work">What is done.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="scheduler">Where it is done; null for anywhere.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static void Each<TSource>(IReadOnlyList<TSource> things, int threads, Action<TSource> work, CancellationToken cancel, TaskScheduler? scheduler = null)
    {
        try
        {
            // One at a time: of a run of them taken at once, as is the default, the other threads would wait for the last.
            Parallel.ForEach(Partitioner.Create(things, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel, TaskScheduler = scheduler }, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
