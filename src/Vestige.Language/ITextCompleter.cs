namespace Vestige.Language;

/// <summary>A model that can go on from where a text stops.</summary>
public interface ITextCompleter
{
    /// <summary>Texts of T, and of H, whose beginnings it may be given by an audit: where going on is dear, few; 0 where it cannot.</summary>
    int MostContinued => int.MaxValue;

    /// <summary>The most probable continuations, byte by byte; the lowest of equally probable bytes.</summary>
    /// <param name="prefixes">What is to be continued; may be empty.</param>
    /// <param name="length">Bytes to add to each.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The continuations, without the prefixes.</returns>
    byte[][] Complete(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress, CancellationToken cancel);
}
