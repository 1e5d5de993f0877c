namespace Vestige.Audits.Ledgers;

/// <summary>What a step of an audit leaves behind goes back to the system before the next begins.</summary>
internal static class Memory
{
    /// <summary>The arrays of one step are as large as all that lives, and the collector alone is in no hurry to return them: the peak would be their sum.</summary>
    internal static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
