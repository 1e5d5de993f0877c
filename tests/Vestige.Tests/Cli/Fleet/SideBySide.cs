namespace Vestige.Tests.Cli.Fleet;

/// <summary>Several workers in one process.</summary>
internal static class SideBySide
{
    /// <summary>Runs them at once, each on a thread of its own: other tests wait for threads of the pool.</summary>
    internal static void Run(int count, Action<int> work)
    {
        var faults = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            try
            {
                work(i);
            }
            catch (Exception e)
            {
                faults[i] = e;
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        if (faults.FirstOrDefault(fault => fault is not null) is { } first) throw new InvalidOperationException(first.Message, first);
    }
}
