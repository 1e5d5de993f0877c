using Vestige.Compressors;
using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Planes;
using Vestige.Images.Sources;
using Vestige.Numerics;
using Vestige.Sources;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Imagining.Priors;

/// <summary>What pictures look like, block by block: their luma, and their colour differences at full and at half resolution.</summary>
/// <remarks>Of the colours no more is learned than how strong their detail is: Cb and Cr share a prior, and neither knows the luma beside it.</remarks>
internal sealed record PicturePrior(BlockPrior Luma, BlockPrior Chroma, BlockPrior HalfChroma)
{
    /// <summary>Kinds of blocks of luma; half as many of each colour.</summary>
    private const int Kinds = 64;

    /// <summary>Places of a picture and of all of them that are looked at: each is 16 blocks of luma, and as many of either colour.</summary>
    private const int MostPlaces = 4_000, MostPlacesEach = 400;

    /// <summary>Learns from pictures, from as many places of each.</summary>
    /// <exception cref="UnusableDocumentException">None could be read.</exception>
    internal static PicturePrior Learn(IReadOnlyList<Entry<Picture>> documents, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        PriorLearning luma = new(Kinds), chroma = new(Kinds / 2), half = new(Kinds / 2);
        // Of more pictures than places evenly chosen ones are looked at.
        int pictures = Math.Min(documents.Count, MostPlaces), each = Math.Min(MostPlacesEach, MostPlaces / Math.Max(1, pictures)), read = 0;
        string? why = null;
        for (int i = 0; i < pictures; i++)
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new WorkProgress("learning what pictures look like", (double)i / pictures));
            Entry<Picture> entry = documents[(int)((long)i * documents.Count / pictures)];
            try
            {
                foreach (Picture picture in entry.Source.Read(entry.Document))
                {
                    Take(picture, each, Rng.Mix(1, (ulong)i), luma, chroma, half);
                    read++;
                }
            }
            catch (UnusableDocumentException e)
            {
                why = e.Message;
            }
        }
        if (read == 0) throw new UnusableDocumentException("there is no picture to learn a prior from" + (why is null ? "" : $": {why}"));
        return new PicturePrior(luma.Learn(cancel), chroma.Learn(cancel), half.Learn(cancel));
    }

    private static void Take(Picture picture, int places, ulong seed, PriorLearning luma, PriorLearning chroma, PriorLearning half)
    {
        // Twice as many as lie side by side in it: more would look at the same again.
        places = (int)Math.Clamp(picture.Pixels / (BlockBatch.Width * 8), 2, places);
        Picture small = AreaAverage.Reduce(picture, 2);
        Take(luma, Planes.Luma.Of(picture), places, seed);
        Take(chroma, Planes.Luma.Blue(picture), places / 2, seed);
        Take(chroma, Planes.Luma.Red(picture), places / 2, seed);
        Take(half, Planes.Luma.Blue(small), places / 2, seed);
        Take(half, Planes.Luma.Red(small), places / 2, seed);
    }

    private static void Take(PriorLearning learning, Plane plane, int places, ulong seed)
    {
        Span<V> upper = stackalloc V[64], lower = stackalloc V[64];
        var random = new Rng(seed);
        for (int i = 0; i < Math.Max(1, places); i++)
        {
            int x = random.NextInt(Math.Max(1, plane.Width - BlockBatch.Width + 1)), y = random.NextInt(Math.Max(1, plane.Height - 15));
            BlockBatch.Load(plane, x, y, upper);
            BlockTransform.Forward(upper);
            BlockBatch.Load(plane, x, y + 8, lower);
            BlockTransform.Forward(lower);
            learning.Add(upper, lower);
        }
    }
}
