using System.Runtime.InteropServices;
using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Imagining.Priors;
using Vestige.Images.Planes;
using Vestige.Numerics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Imagining;

/// <summary>What a plane may have been, given in which cells its blocks lie and what planes look like: the mean of that, or a draw from it.</summary>
/// <remarks>First block by block beside its neighbours' kinds (<see cref="KindField"/>); then on other grids of blocks, so that edges go on from block to block, and
/// back into the cells after each.</remarks>
internal sealed class PlaneImaginer
{
    /// <summary>Passes of the mean, where cells are wide and where they are narrow: noise as shares of what the cells leave open, each over so many grids a direction.</summary>
    private static readonly float[] s_coarse = [0.5f, 0.27f, 0.15f], s_fine = [0.5f, 0.2f];

    private const int GridsEach = 2;

    /// <summary>Passes of the mean that tell where draws stand: after these blocks are as bright as they become.</summary>
    private const int CentrePasses = 2;

    /// <summary>How far the waves of a draw's block go from their own middle to that of these passes, which look across blocks, where cells are wide and where they are
    /// narrow. Farther a draw is nearer still to its original, and covers less: what the passes know is not taken from how far it spreads.</summary>
    private const float CoarseShare = 0.15f, FineShare = 0.5f;

    /// <summary>Passes of a draw. Each takes some texture with it, and where cells are narrow little is gained by the third, as for the mean; where they are wide, draws
    /// would differ too little from each other without it.</summary>
    private const int CoarsePasses = 3, FinePasses = 2;

    /// <summary>Cells are narrow up to this step, in grey levels: the luma of JPEG from quality 29 up, its chroma from 50.</summary>
    private const float FineStep = 100;

    /// <summary>Noise of these passes: grey levels, or a share of what is open where that is less. Little, since a pass with much of it draws from
    /// what all blocks look like, and forgets which region it stands in.</summary>
    private const float DrawNoise = 1.5f, DrawShare = 0.2f;

    private readonly BlockPrior _prior;
    private readonly BlockCells _cells;
    private readonly KindField _field;
    private readonly Plane _mean;
    private readonly Lazy<float[]> _shifts;
    private readonly float _open;
    private readonly bool _isFine;

    internal PlaneImaginer(BlockPrior prior, BlockCells cells)
    {
        (_prior, _cells, _field, _isFine) = (prior, cells, new KindField(prior, cells), cells.Step <= FineStep);
        double open = 0;
        _mean = Fill((block, coefficients) => open += _cells.Mean(block, _field.Shares(block), coefficients));
        _open = (float)Math.Sqrt(open / (64.0 * cells.Columns * cells.Rows));
        _shifts = new Lazy<float[]>(Shifts);
    }

    private delegate void Filling(int block, Span<float> coefficients);

    /// <summary>The mean.</summary>
    internal Plane Mean() => Mean(int.MaxValue);

    /// <summary>The mean after so many passes at most.</summary>
    private Plane Mean(int most)
    {
        Plane plane = Copy(_mean);
        if (_open == 0) return plane;
        float[] noises = _isFine ? s_fine : s_coarse;
        for (int pass = 0; pass < Math.Min(most, noises.Length); pass++)
        {
            var denoiser = new BlockDenoiser(_prior, _open * noises[pass]);
            var sum = new Plane(plane.Width, plane.Height);
            for (int grid = 0; grid < GridsEach * GridsEach; grid++)
            {
                // Each pass looks at other grids than the one before.
                denoiser.AddMean(plane, sum, ((grid % GridsEach * 8 / GridsEach) + (3 * pass)) & 7, ((grid / GridsEach * 8 / GridsEach) + (5 * pass)) & 7);
            }
            for (int i = 0; i < sum.Samples.Length; i++) plane.Samples[i] = sum.Samples[i] * (1f / (GridsEach * GridsEach));
            _cells.Project(plane);
        }
        return plane;
    }

    /// <summary>A draw; the same seed gives the same.</summary>
    internal Plane Draw(ulong seed)
    {
        if (_open == 0) return Copy(_mean);
        int[] kinds = _field.Draw(Rng.Mix(seed, 0));
        var random = new NormalTable(Rng.Mix(seed, 1));
        float[] shifts = _shifts.Value;
        Plane plane = Fill((block, coefficients) =>
        {
            _cells.Draw(block, kinds[block], ref random, coefficients);
            ReadOnlySpan<float> shift = shifts.AsSpan(block * BlockTransform.Area, BlockTransform.Area);
            for (int k = 0; k < shift.Length; k++) coefficients[k] += shift[k];
        });
        var denoiser = new BlockDenoiser(_prior, Math.Min(DrawNoise, DrawShare * _open));
        for (int pass = 0; pass < (_isFine ? FinePasses : CoarsePasses); pass++)
        {
            ulong own = Rng.Mix(seed, (ulong)(2 + pass));
            denoiser.Draw(plane, (int)(own & 7), (int)((own >> 3) & 7), own);
            _cells.Project(plane);
        }
        return plane;
    }

    /// <summary>(blocks, 64) how far each block of a draw is moved, so that it stands beside its neighbours: drawn each by itself, or left in the middles of their cells,
    /// skies would be tiled, and edges would end with their blocks.</summary>
    private float[] Shifts()
    {
        float[] shifts = new float[BlockTransform.Area * _cells.Columns * _cells.Rows];
        float share = _isFine ? FineShare : CoarseShare;
        Plane plane = Mean(CentrePasses);
        for (int i = 0; i < plane.Samples.Length; i++) plane.Samples[i] -= _mean.Samples[i];
        Span<V> batch = stackalloc V[BlockTransform.Area];
        for (int row = 0; row < _cells.Rows; row++)
            for (int column = 0; column < _cells.Columns; column += BlockBatch.Lanes)
            {
                BlockBatch.Load(plane, column * 8, row * 8, batch);
                BlockTransform.Forward(batch);
                for (int lane = 0; lane < Math.Min(BlockBatch.Lanes, _cells.Columns - column); lane++)
                {
                    Span<float> shift = shifts.AsSpan(((row * _cells.Columns) + column + lane) * BlockTransform.Area, BlockTransform.Area);
                    for (int k = 0; k < shift.Length; k++) shift[k] = (k == 0 ? 1 : share) * batch[k][lane];
                }
            }
        return shifts;
    }

    private Plane Fill(Filling fill)
    {
        var plane = new Plane(_cells.Width, _cells.Height);
        Span<V> batch = stackalloc V[64];
        Span<float> lanes = MemoryMarshal.Cast<V, float>(batch), coefficients = stackalloc float[64];
        for (int row = 0; row < _cells.Rows; row++)
            for (int column = 0; column < _cells.Columns; column += BlockBatch.Lanes)
            {
                for (int lane = 0; lane < Math.Min(BlockBatch.Lanes, _cells.Columns - column); lane++)
                {
                    fill((row * _cells.Columns) + column + lane, coefficients);
                    for (int k = 0; k < coefficients.Length; k++) lanes[(k * BlockBatch.Lanes) + lane] = coefficients[k];
                }
                BlockTransform.Inverse(batch);
                BlockBatch.Store(plane, column * 8, row * 8, batch);
            }
        return plane;
    }

    private static Plane Copy(Plane plane)
    {
        var copy = new Plane(plane.Width, plane.Height);
        plane.Samples.CopyTo(copy.Samples.AsSpan());
        return copy;
    }
}
