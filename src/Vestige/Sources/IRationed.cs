namespace Vestige.Sources;

/// <summary>A source whose documents take so much memory while they are worked on that only some of them may be open at once.</summary>
public interface IRationed
{
    /// <summary>Waits until there is room for a document and takes it; given back when the result is disposed of. Who holds one asks for no other.</summary>
    /// <exception cref="UnusableDocumentException">There will never be: alone it takes more than there is. Or the document cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IDisposable Reserve(int document, CancellationToken cancel);
}
