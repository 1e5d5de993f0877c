using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits.Rates;

/// <summary>Lossless coders that stand beside the rows of an audit. They may be programs on the machine, which this project does not run.</summary>
public interface ICoderPeers<TItem>
{
    /// <summary>Codes T, and T with H behind it.</summary>
    /// <param name="training">T.</param>
    /// <param name="heldOut">H.</param>
    /// <param name="journal">Where finished work is kept.</param>
    /// <param name="threads">Coders that may run at once; no figure depends on it.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>What they made of it; null where there is no coder or no text.</returns>
    CoderResults? Measure(IReadOnlyList<Entry<TItem>> training, IReadOnlyList<Entry<TItem>> heldOut, IJournal journal, int threads,
        IProgress<WorkProgress>? progress, CancellationToken cancel);
}
