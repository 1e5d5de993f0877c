using Vestige.Compressors;
using Vestige.Copies;
using Vestige.Sources;

namespace Vestige.Images.Copies;

/// <summary>Near-copies of pictures: rescaled, coded again, slightly cropped, made brighter or darker, or seen in a mirror.</summary>
public sealed class NearPictures : INearCopies<Picture>
{
    /// <summary>From this correlation on two pictures are near-copies; what it is taken from stands in docs/copies.md.</summary>
    internal const float Threshold = 0.8f;

    // Pictures that are in memory at once.
    private const int Batch = 64;

    /// <inheritdoc/>
    public string How => "a grid of brightness for each image, laid over those of about the same colour and their mirror images, at any part that leaves out an eighth at most "
        + "at each edge";

    /// <inheritdoc/>
    public INearIndex<Picture> Index(IReadOnlyList<Entry<Picture>> documents, int threads, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var grids = new PictureGrid?[documents.Count];
        for (int first = 0; first < grids.Length; first += Batch)
        {
            Parallel.For(first, Math.Min(first + Batch, grids.Length), new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = threads }, i =>
            {
                try
                {
                    if (documents[i].Source.Read(documents[i].Document) is [var picture, ..]) grids[i] = PictureGrid.Of(picture);
                }
                catch (UnusableDocumentException)
                {
                    // The audit has a row for it.
                }
            });
            progress?.Report(new WorkProgress("indexing images", (double)Math.Min(first + Batch, grids.Length) / grids.Length));
        }
        return new NearPictureIndex(grids, [.. documents.Select(document => document.Info.Name)]);
    }
}
