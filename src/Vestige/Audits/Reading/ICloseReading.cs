using Vestige.Compressors;
using Vestige.Sources;
using Vestige.Views;

namespace Vestige.Audits.Reading;

/// <summary>What a kind of items lets be measured beside the ledgers from the items themselves: for text, what was copied verbatim.</summary>
public interface ICloseReading<TItem>
{
    /// <summary>Takes in the real samples, once for all rows.</summary>
    /// <param name="real">The real samples.</param>
    /// <param name="view">The headline view.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    ICloseReader<TItem> Open(RealItems<TItem> real, IView<TItem> view, IProgress<WorkProgress>? progress, CancellationToken cancel);
}

/// <summary>Reads what compressors produced.</summary>
public interface ICloseReader<TItem>
{
    /// <summary>Reads one row's G.</summary>
    /// <param name="row">Its name.</param>
    /// <param name="compressed">q.</param>
    /// <param name="generated">G by document, read each time it is gone through.</param>
    /// <param name="show">Whether a person will want to read it.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    RowReading Read(string row, ICompressed<TItem> compressed, IEnumerable<IReadOnlyList<TItem>> generated, bool show,
        IProgress<WorkProgress>? progress, CancellationToken cancel);
}

/// <summary>The real samples, to be read as often as need be.</summary>
/// <param name="Training">T, all that the compressors saw.</param>
/// <param name="HeldOut">H.</param>
/// <param name="Floor">A: what it scores is the floor.</param>
public sealed record RealItems<TItem>(IReadOnlyList<Entry<TItem>> Training, IReadOnlyList<Entry<TItem>> HeldOut, IReadOnlyList<Entry<TItem>> Floor);
