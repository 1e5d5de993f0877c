using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Compressors;

/// <summary><c>F</c>: takes the training sample, gives a compressed distribution. The compressor sees T only.</summary>
public interface ICompressor<TItem>
{
    /// <summary>The row's name: the canonical specification, <c>jpeg:q=50</c>.</summary>
    string Name { get; }

    /// <summary>Whether <see cref="Compress"/> takes long, and keeps on the shelf of its training what it made: it can then be done ahead, by another process.</summary>
    bool KeepsWork => false;

    /// <summary>Fits or configures. A codec needs no training and returns at once.</summary>
    /// <param name="training">T.</param>
    /// <param name="progress">Receives what is being done and how far it is.</param>
    /// <param name="cancel">Stops the work; nothing half-done is returned.</param>
    /// <exception cref="UnusableDocumentException">Nothing can be made of this T; the message says why, for the row.</exception>
    ICompressed<TItem> Compress(Training<TItem> training, IProgress<WorkProgress>? progress, CancellationToken cancel);
}

/// <summary>A compressor that was trained before the audit, and can tell on what.</summary>
/// <remarks>Where it was trained on documents of H, A or B, no audit of it is honest. Where it was trained on less than all of T, what it
/// memorized cannot be told.</remarks>
public interface IPretrained<TItem> : ICompressor<TItem>
{
    /// <summary>Whether it was trained on a document.</summary>
    bool Knows(Entry<TItem> document);
}

/// <summary>The training sample as a compressor sees it.</summary>
/// <param name="Documents">T.</param>
/// <param name="Seed">Seed for whatever the compressor draws.</param>
public sealed record Training<TItem>(IReadOnlyList<Entry<TItem>> Documents, ulong Seed)
{
    /// <summary>Where what takes long to make is kept from one run to the next; null for nowhere.</summary>
    public IShelf? Shelf { get; init; }
}

/// <summary>Keeps files for a compressor. A file stands there whole or not at all.</summary>
public interface IShelf
{
    /// <summary>Where a file is; null if it is not there.</summary>
    string? Find(string name);

    /// <summary>Puts a file there, in place of one of that name.</summary>
    void Keep(string name, Action<Stream> write);

    /// <summary>Takes a file away, if it is there.</summary>
    void Drop(string name);
}

/// <summary>How far a long step has come.</summary>
/// <param name="What">A few words: "training transformer".</param>
/// <param name="Done">Share done, 0 to 1; NaN where nobody knows how much there is.</param>
public readonly record struct WorkProgress(string What, double Done)
{
    /// <summary>How it goes, apart from how far: "2.31 bits/byte, 11,000 bytes/s". It may change with every report, <see cref="What"/> only with the step.</summary>
    public string? Detail { get; init; }
}

/// <summary><c>q</c>: what a compressor made. One of <see cref="ICodec{TItem}"/>, <see cref="IGenerator{TItem}"/>,
/// <see cref="IStored{TItem}"/>; a generator may be an <see cref="IDensity{TItem}"/> besides.</summary>
public interface ICompressed<TItem>
{
    /// <summary>Bytes that must be stored to have <c>q</c>; of a codec, those without which no coded item can be read, beside the coded items; null for none.</summary>
    long? DescriptionBytes { get; }

    /// <summary>Numbers that were fitted to T; null for what is not made of such.</summary>
    long? Parameters => null;
}

/// <summary>A compressed distribution that its row's name and version do not tell apart from all others.</summary>
public interface IIdentified
{
    /// <summary>What it is: where this is the same, so is what it does.</summary>
    string Identity { get; }

    /// <summary>How it was run, as far as that is not in its row's name: libraries, precision, sizes; null where there is nothing to say.</summary>
    string? Settings => null;
}

/// <summary>A distribution that was made from nobody here knows what: what it has by heart can be told only where the user names it.</summary>
public interface ITrainedElsewhere;

/// <summary>A distribution that is asked for what it gives, and may give nothing.</summary>
public interface IAnswers
{
    /// <summary>What came of it so far; null before anything was asked.</summary>
    AnswerReport? Answered { get; }
}

/// <summary>A compressor of which something was noticed that stopped nothing.</summary>
public interface IHasNotices
{
    /// <summary>What was noticed, for the user.</summary>
    IReadOnlyList<string> Notices { get; }
}

/// <summary>A conditional distribution <c>c(x'|x)</c>, deterministic: codes an item and gives its reconstruction.</summary>
/// <remarks>Called from several threads at once.</remarks>
public interface ICodec<TItem> : ICompressed<TItem>
{
    /// <summary>Codes the item, and decodes what was coded.</summary>
    /// <exception cref="UnusableDocumentException">The codec cannot take this item; the message says why.</exception>
    Coded<TItem> Code(TItem item);
}

/// <summary>One item through a codec.</summary>
/// <param name="Bytes">Size of the coded item, written and read back.</param>
/// <param name="Reconstruction">What decoding gave.</param>
/// <param name="EncodeSeconds">Time to encode; not part of a reproducible result.</param>
/// <param name="DecodeSeconds">Time to decode.</param>
public readonly record struct Coded<TItem>(long Bytes, TItem Reconstruction, double EncodeSeconds, double DecodeSeconds);

/// <summary>A distribution that can be sampled: a language model, an oracle.</summary>
public interface IGenerator<TItem> : ICompressed<TItem>
{
    /// <summary>Draws documents until they hold at least <paramref name="units"/> items.</summary>
    /// <param name="units">Items wanted.</param>
    /// <param name="seed">The same seed gives the same sample.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    IEnumerable<IReadOnlyList<TItem>> Sample(int units, ulong seed, IProgress<WorkProgress>? progress, CancellationToken cancel);
}

/// <summary>A distribution given by documents that somebody else drew: the yardstick's B, a folder of samples.</summary>
public interface IStored<TItem> : ICompressed<TItem>
{
    /// <summary>The documents that stand for a sample of q.</summary>
    IReadOnlyList<Entry<TItem>> Documents { get; }
}

/// <summary>A distribution that can say how probable an item is.</summary>
public interface IDensity<TItem> : ICompressed<TItem>
{
    /// <summary><c>log2 q(item)</c>, at most 0; negative infinity where <c>q</c> is 0.</summary>
    double Log2Probability(TItem item);

    /// <summary><see cref="Log2Probability"/> of many items, for models that score them faster together.</summary>
    double[] Log2Probabilities(IReadOnlyList<TItem> items) => [.. items.Select(Log2Probability)];
}

/// <summary>A density by which files are coded without loss.</summary>
public interface IFileCoder<TItem> : IDensity<TItem>
{
    /// <summary>Bytes of the file that items which stand one behind the other are coded into: with all that a file has around them, and nothing of the model.</summary>
    long FileBytes(IReadOnlyList<TItem> items, CancellationToken cancel);
}
