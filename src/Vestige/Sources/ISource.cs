namespace Vestige.Sources;

/// <summary>Where items come from: a folder of photographs, a folder of novels, a world.</summary>
/// <typeparam name="TItem">One draw of <c>p</c>: a picture, a passage, a type of an urn.</typeparam>
/// <remarks>
/// A source is a list of documents. A document is what is dealt out to the samples and left out by the jackknife as a whole:
/// a photograph (one item), a section of a novel (many passages), a cluster of points. Implementations must be safe to read
/// from several threads and must give the same items each time.
/// </remarks>
public interface ISource<TItem>
{
    /// <summary>What the user called it, for results and messages.</summary>
    string Name { get; }

    /// <summary>What a size is counted in and what the user calls an item.</summary>
    Medium Medium { get; }

    /// <summary>The documents in a stable order (by name, so that a run repeats on another file system).</summary>
    IReadOnlyList<Document> Documents { get; }

    /// <summary>How many documents there were, where <see cref="Documents"/> are drawn from more by what they hold; null where they are all.</summary>
    long? Population => null;

    /// <summary>The items of one document, in order.</summary>
    /// <exception cref="UnusableDocumentException">The document cannot be read; the message says why, for a row of the result.</exception>
    IReadOnlyList<TItem> Read(int document);

    /// <summary>The size of an item in units of <see cref="Medium.SizeUnit"/>: pixels of a picture, bytes of a passage.</summary>
    long SizeOf(TItem item);

    /// <summary>What people count of an item where its size is counted otherwise: Unicode scalar values of a text in bytes; null where there is no such count.</summary>
    long? CharactersOf(TItem item) => null;
}

/// <summary>One document of a source.</summary>
/// <param name="Name">Path relative to the source, or a number in a world.</param>
/// <param name="Units">How many items it holds, as far as is known without decoding it.</param>
/// <param name="Bytes">Its size as the user stores it today, in bytes; 0 in a world.</param>
/// <param name="Content">A hash of its content; documents with the same hash are copies. 0: not hashed (worlds).</param>
public sealed record Document(string Name, int Units, long Bytes, UInt128 Content)
{
    /// <summary>For a section, a hash of all of what it was cut out of; else 0.</summary>
    public UInt128 Whole { get; init; }

    /// <summary>What it belongs to (the file that it is a section of, the author of a record): documents of one group are dealt and left out
    /// together. 0: it stands alone.</summary>
    public UInt128 Group { get; init; }

    /// <summary>Its size in size units, as far as it is known without decoding it; 0: not known.</summary>
    public long Size { get; init; }

    /// <summary>What could not be read, where that is known before it is read: the document then stands for it and holds nothing. Else null.</summary>
    public Unread? Unread { get; init; }

    /// <summary>How its file is coded, where that is known and matters to what is coded again: "jpeg"; else null.</summary>
    public string? Format { get; init; }
}

/// <summary>What could not be read of a file.</summary>
/// <param name="Records">So many of its records; 0: the file, of which no records are known.</param>
/// <param name="Of">Records of all files of the source.</param>
/// <param name="Why">What is wrong with the first of them, or with the file.</param>
public sealed record Unread(int Records, int Of, string Why);

/// <summary>One document of one source.</summary>
public sealed record Entry<TItem>(ISource<TItem> Source, int Document)
{
    /// <summary>What the source says of it.</summary>
    public Document Info => Source.Documents[Document];
}

/// <summary>The words for one kind of item.</summary>
/// <param name="Item">Singular: "image", "passage".</param>
/// <param name="Items">Plural.</param>
/// <param name="SizeUnit">What a rate is divided by: "pixel", "byte".</param>
/// <param name="RawBits">Bits of one size unit as it comes, before any coding: 24 for 8-bit sRGB, 8 for a byte.</param>
public sealed record Medium(string Item, string Items, string SizeUnit, double RawBits)
{
    /// <summary>Size of a whole item in size units where items are cut to it, so that a shorter one counts by its length; null where every item counts
    /// alike (an image, a sentence).</summary>
    public int? FullSize { get; init; }

    /// <summary>What a document is called, singular: "file", "record", "section"; "document" where they are of several kinds.</summary>
    public string Document { get; init; } = "document";
}

/// <summary>A document that cannot be used; it becomes a row of the result and the audit goes on.</summary>
public sealed class UnusableDocumentException : Exception
{
    /// <summary>Says why, in words for the user.</summary>
    public UnusableDocumentException(string message) : base(message) { }

    /// <summary>Says why, with the error that told.</summary>
    public UnusableDocumentException(string message, Exception inner) : base(message, inner) { }

    /// <summary>For serializers; prefer the others.</summary>
    public UnusableDocumentException() { }
}
