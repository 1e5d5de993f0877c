using System.Runtime.Intrinsics;

namespace Vestige.Numerics.Neighbours;

/// <summary>For each query the documents of a sample that come nearest to it, the nearest first; a document is as near as the nearest of its points.</summary>
/// <remarks>Whatever group of documents a jackknife leaves out, and whatever part of them is drawn, the nearest that is left stands in the list:
/// no replicate needs a search of its own. All distances are computed: each lane of a vector is one reference, whose squares are added in the
/// order of the dimensions, so that nothing depends on the width or the number of threads.</remarks>
internal sealed class DocumentRanks
{
    /// <summary>Documents in a list. A list of references thinned to one half reaches beyond it in one case in 4,096.</summary>
    internal const int Depth = 12;

    private const int Block = 32;
    private static readonly int s_lanes = Vector256<float>.Count;

    private readonly float[] _squares;
    private readonly int[] _documents;

    private DocumentRanks(int queries)
    {
        _squares = new float[checked(queries * Depth)];
        _documents = new int[_squares.Length];
        Array.Fill(_squares, float.PositiveInfinity);
        Array.Fill(_documents, -1);
    }

    /// <summary>(Depth) documents nearest to a query; -1 behind the last.</summary>
    internal ReadOnlySpan<int> Documents(int query) => _documents.AsSpan(query * Depth, Depth);

    /// <summary>(Depth) their squared distances, over the square of the scale of the nearest point where there are scales.</summary>
    internal ReadOnlySpan<float> Squares(int query) => _squares.AsSpan(query * Depth, Depth);

    /// <summary>Searches.</summary>
    /// <param name="queries">Points that look.</param>
    /// <param name="references">Points that are looked for, in as many dimensions.</param>
    /// <param name="documentOf">(references) document of each.</param>
    /// <param name="documents">Only the first so many documents are looked for.</param>
    /// <param name="squaredScales">(references) by which a squared distance is divided; empty for 1. A scale of 0 reaches nothing but itself.</param>
    /// <param name="own">(queries) the document that each query is of, where both are one sample and it must not find itself; else empty.</param>
    /// <param name="threads">At least 1.</param>
    internal static DocumentRanks Find(PointSet queries, PointSet references, int[] documentOf, int documents,
        float[] squaredScales, int[] own, int threads)
    {
        if (queries.Dimensions != references.Dimensions)
            throw new ArgumentException($"Queries have {queries.Dimensions} dimensions and references {references.Dimensions}.", nameof(references));
        var ranks = new DocumentRanks(queries.Count);
        int panels = (references.Count + s_lanes - 1) / s_lanes, d = references.Dimensions;
        float[] cells = new float[checked(panels * d * s_lanes)], scales = new float[panels * s_lanes];
        Array.Fill(scales, 1);
        for (int i = 0; i < references.Count; i++)
        {
            ReadOnlySpan<float> point = references[i];
            for (int t = 0; t < d; t++) cells[((((i / s_lanes) * d) + t) * s_lanes) + (i % s_lanes)] = point[t];
            // The smallest normal number keeps 0 / 0 at 0.
            if (squaredScales.Length > 0) scales[i] = Math.Max(squaredScales[i], 1.17549435e-38f);
        }
        Blocks.Run(threads, (queries.Count + Block - 1) / Block, () => (Squares: new float[panels * s_lanes], Nearest: new float[documents]), (block, own1) =>
        {
            for (int query = block * Block; query < Math.Min((block + 1) * Block, queries.Count); query++)
            {
                Distances(queries[query], cells, scales, own1.Squares);
                Array.Fill(own1.Nearest, float.PositiveInfinity);
                for (int i = 0; i < documentOf.Length; i++)
                    if (documentOf[i] < documents && own1.Squares[i] < own1.Nearest[documentOf[i]]) own1.Nearest[documentOf[i]] = own1.Squares[i];
                if (own.Length > 0 && own[query] < documents) own1.Nearest[own[query]] = float.PositiveInfinity;
                ranks.Fill(query, own1.Nearest);
            }
        });
        return ranks;
    }

    private static void Distances(ReadOnlySpan<float> query, float[] cells, float[] scales, float[] into)
    {
        int d = query.Length;
        for (int place = 0; place < into.Length; place += s_lanes)
        {
            Vector256<float> sum = default;
            for (int t = 0; t < d; t++)
            {
                Vector256<float> difference = Vector256.LoadUnsafe(ref cells[(place * d) + (t * s_lanes)]) - Vector256.Create(query[t]);
                sum = Vector256.FusedMultiplyAdd(difference, difference, sum);
            }
            (sum / Vector256.LoadUnsafe(ref scales[place])).CopyTo(into, place);
        }
    }

    private void Fill(int query, float[] nearest)
    {
        Span<float> squares = _squares.AsSpan(query * Depth, Depth);
        Span<int> documents = _documents.AsSpan(query * Depth, Depth);
        for (int document = 0; document < nearest.Length; document++)
        {
            float square = nearest[document];
            if (!(square < squares[Depth - 1])) continue;
            int place = Depth - 1;
            for (; place > 0 && squares[place - 1] > square; place--)
            {
                squares[place] = squares[place - 1];
                documents[place] = documents[place - 1];
            }
            squares[place] = square;
            documents[place] = document;
        }
    }
}
