using Vestige.Compressors;

namespace Vestige.Audits.Rates;

/// <summary>Tells how far a piece of work is whose parts are counted.</summary>
/// <param name="progress">Who is told; null for nobody.</param>
/// <param name="what">The work.</param>
/// <param name="all">Its parts.</param>
internal sealed class Meter(IProgress<WorkProgress>? progress, string what, int all)
{
    private int _done;

    internal void Add(int parts) => progress?.Report(new WorkProgress(what, Math.Min(1, (double)(_done += parts) / all)));
}
