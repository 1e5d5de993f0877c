using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Passes;
using Vestige.Numerics;

namespace Vestige.Language.Transformer.Training;

/// <summary>Loss and gradient of a batch: one part of it for each thread, each with a gradient of its own, added up in the order of the parts.</summary>
internal sealed class BatchPass
{
    // Rows that a pass takes at a time: enough for the kernels, few enough to stay in the cache.
    private const int PassRows = 256;

    private const int Chunk = 1 << 16;

    private readonly GptWeights _weights;
    private readonly GptPass[] _passes;
    private readonly Memory<float>[] _gradients;
    private readonly int _context, _threads;

    internal BatchPass(GptWeights weights)
    {
        GptOptions options = weights.Options;
        (_weights, _context, _threads) = (weights, options.Context, options.Threads);
        _passes = [.. Enumerable.Range(0, _threads).Select(_ => new GptPass(weights, Math.Max(1, PassRows / _context)))];
        _gradients = [.. _passes.Select(_ => Aligned.Allocate(weights.Table.Length))];
    }

    /// <summary>Gradient of the mean loss, after <see cref="Learn"/>.</summary>
    internal Memory<float> Gradient => _gradients[0];

    /// <summary>Mean loss in nats over all targets of the windows; leaves its gradient, and gives that one's length.</summary>
    /// <param name="symbols">(B, T).</param>
    /// <param name="targets">(B, T).</param>
    /// <param name="dropoutKey">Which elements dropout drops.</param>
    internal (double Loss, double Norm) Learn(short[] symbols, short[] targets, ulong dropoutKey)
    {
        int count = targets.Length - targets.Count(Alphabet.None);
        float scale = 1f / Math.Max(1, count);
        double[] losses = new double[_threads];
        Work.Run(_threads, _threads, (_, thread) =>
        {
            Span<float> gradient = _gradients[thread].Span;
            gradient.Clear();
            foreach ((int at, int length) in Parts(symbols.Length / _context, thread))
            {
                var masks = new DropoutMasks(_weights.Options.Dropout, Rng.Mix(dropoutKey, (ulong)at));
                ReadOnlySpan<short> part = symbols.AsSpan(at, length);
                _passes[thread].Forward(part, _context, masks);
                losses[thread] += _passes[thread].Loss(targets.AsSpan(at, length), scale);
                _passes[thread].Backward(gradient, part, masks);
            }
        });

        return (losses.Sum() / Math.Max(1, count), Math.Sqrt(AddUp()));
    }

    /// <summary>Mean loss in nats over all targets of the windows, as they are: nothing dropped.</summary>
    internal double Score(short[] symbols, short[] targets)
    {
        int count = targets.Length - targets.Count(Alphabet.None);
        double[] losses = new double[_threads];
        Work.Run(_threads, _threads, (_, thread) =>
        {
            foreach ((int at, int length) in Parts(symbols.Length / _context, thread))
            {
                _passes[thread].Forward(symbols.AsSpan(at, length), _context, DropoutMasks.None);
                losses[thread] += _passes[thread].Loss(targets.AsSpan(at, length), 0);
            }
        });

        return losses.Sum() / Math.Max(1, count);
    }

    // The symbols that a thread passes at a time: its share of the windows, in order.
    private IEnumerable<(int At, int Length)> Parts(int windows, int thread)
    {
        int first = (int)((long)windows * thread / _threads), last = (int)((long)windows * (thread + 1) / _threads);
        for (int window = first; window < last; window += _passes[0].Windows)
        {
            yield return (window * _context, Math.Min(_passes[0].Windows, last - window) * _context);
        }
    }

    // Adds the other gradients to the first; gives the square of the sum's length.
    private double AddUp()
    {
        int chunks = (_weights.Table.Length + Chunk - 1) / Chunk;
        double[] squares = new double[chunks];
        Work.Run(chunks, _threads, (_, chunk) =>
        {
            int length = Math.Min(Chunk, _weights.Table.Length - (chunk * Chunk));
            Span<float> sum = _gradients[0].Span.Slice(chunk * Chunk, length);
            for (int i = 1; i < _gradients.Length; i++) Elementwise.Add(sum, _gradients[i].Span.Slice(chunk * Chunk, length));
            squares[chunk] = Sums.Squares(sum);
        });
        return squares.Sum();
    }
}
