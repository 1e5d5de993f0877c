using Vestige.Sources;

namespace Vestige.Compressors;

/// <summary>A codec that takes many items at once for little more than one: a program that reads its weights once.</summary>
/// <remarks>What comes out of an item must not depend on those beside it.</remarks>
public interface IBatchCodec<TItem> : ICodec<TItem>
{
    /// <summary>An empty batch.</summary>
    ICodecBatch<TItem> Begin();
}

/// <summary>Items that are coded together. Memory holds one of them at a time: they wait on disk, and so does what comes out.</summary>
public interface ICodecBatch<TItem> : IDisposable
{
    /// <summary>Whether it holds as many items, or bytes, as it should.</summary>
    bool IsFull { get; }

    /// <summary>Adds an item.</summary>
    /// <returns>Its number, from 0 on.</returns>
    /// <exception cref="UnusableDocumentException">It cannot be added; the message says why.</exception>
    int Add(TItem item);

    /// <summary>Codes and decodes all that was added. What goes wrong with an item is told where it is taken.</summary>
    /// <param name="cancel">Ends the programs.</param>
    void Run(CancellationToken cancel);

    /// <summary>What became of an item; from several threads at once.</summary>
    /// <param name="number">From <see cref="Add"/>.</param>
    /// <param name="item">The item, as it was added.</param>
    /// <exception cref="UnusableDocumentException">The codec could not take it; the message says why.</exception>
    Coded<TItem> Take(int number, TItem item);
}
