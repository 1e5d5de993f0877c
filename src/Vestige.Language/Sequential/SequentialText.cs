using System.Collections.Concurrent;
using Vestige.Compressors;
using Vestige.Language.Coding;
using Vestige.Numerics;

namespace Vestige.Language.Sequential;

/// <summary>A text model that is nothing but p(next byte | text): it draws, scores, completes and codes by that.</summary>
/// <remarks>A passage is scored on its own, from an empty context, and drawn so. Its members may be called from several threads at once.</remarks>
public abstract class SequentialText : IPromptedText, ICodedText, ISymbolText, IFileCoder<Passage>
{
    // Passages that are drawn side by side, each from a seed of its own.
    private const int Chunk = 64;

    // Sorted texts that are scored one after the other.
    private const int Part = 256;

    // Bytes that are coded before a cancellation is looked for.
    private const int CodedAtOnce = 4096;

    private readonly SamplingOptions _sampling;
    private readonly ConcurrentBag<ITextReader> _idle = [];

    /// <summary>A model.</summary>
    /// <param name="name">Name of the row.</param>
    /// <param name="sampling">How it is drawn from.</param>
    /// <param name="passageBytes">Length of the passages it draws, in bytes.</param>
    /// <param name="documents">Hashes of what it was trained on.</param>
    protected SequentialText(string name, SamplingOptions sampling, int passageBytes, IReadOnlyList<UInt128> documents) =>
        (Name, _sampling, PassageBytes, Documents) = (name, sampling, passageBytes, documents);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract long? DescriptionBytes { get; }

    /// <summary>Length of the passages it was trained for and draws, in bytes.</summary>
    public int PassageBytes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<UInt128> Documents { get; }

    /// <summary>How many readers there may be at once.</summary>
    internal virtual int MostReaders => Environment.ProcessorCount;

    /// <inheritdoc/>
    public abstract ITextModel Drawing(string name, SamplingOptions sampling, int passageBytes);

    /// <inheritdoc/>
    public abstract void Write(Stream stream);

    /// <inheritdoc/>
    public string SymbolSet => SymbolSets.Bytes;

    /// <inheritdoc/>
    public string SymbolName => "byte";

    /// <inheritdoc/>
    public ISymbolReader OpenSymbols() => new ByteSymbols(Open(), _sampling);

    /// <summary>A reader at the start of a text.</summary>
    internal abstract ITextReader Open();

    /// <inheritdoc/>
    public double Log2Probability(Passage item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Read(reader => Score(reader, item.Span));
    }

    /// <inheritdoc/>
    public double[] Log2Probabilities(IReadOnlyList<Passage> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        double[] log2 = new double[items.Count];
        ForEach(items.Count, i => log2[i] = Log2Probability(items[i]), CancellationToken.None);
        return log2;
    }

    /// <inheritdoc/>
    public long FileBytes(IReadOnlyList<Passage> items, CancellationToken cancel) => CodedFileWriter.Size(this, items, cancel);

    (double[] Log2, double LeftOut) IPromptedText.Log2Probabilities(
        SortedTexts texts, int prompt, double negligible, IProgress<double>? progress, CancellationToken cancel)
    {
        double[] log2 = new double[texts.Count];
        double least = Math.Log2(negligible);
        // Parts do not depend on threads, so that nothing else does.
        double[] leftOut = new double[(texts.Count + Part - 1) / Part];
        int done = 0;
        ForEach(leftOut.Length, part =>
        {
            leftOut[part] = Read(reader => Score(reader, texts, part * Part, Math.Min(texts.Count, (part + 1) * Part), prompt, least, log2));
            progress?.Report((double)Interlocked.Increment(ref done) / leftOut.Length);
        }, cancel);
        return (log2, leftOut.Sum());
    }

    /// <inheritdoc/>
    /// <remarks>A document is one passage: passages are drawn independently. Passage i is the same however many are drawn.</remarks>
    public IEnumerable<IReadOnlyList<Passage>> Sample(int units, ulong seed, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        for (int first = 0; first < units; first += Chunk)
        {
            byte[][] texts = Sample(Math.Min(Chunk, units - first), PassageBytes, default, seed, first, null, cancel);
            for (int i = 0; i < texts.Length; i++) yield return [new Passage(texts[i], $"{Name}, sample {first + i + 1}", 0)];
            progress?.Report(new WorkProgress($"sampling {Name}", (double)Math.Min(units, first + Chunk) / units));
        }
    }

    /// <inheritdoc/>
    public byte[][] Sample(int count, int length, ReadOnlyMemory<byte> prompt, ulong seed, long first, IProgress<double>? progress, CancellationToken cancel)
    {
        byte[][] texts = new byte[count][];
        int done = 0;
        ForEach(count, i =>
        {
            texts[i] = Read(reader => Draw(reader, prompt.Span, length, _sampling, Rng.Mix(seed, (ulong)(first + i)), cancel));
            progress?.Report((double)Interlocked.Increment(ref done) / count);
        }, cancel);
        return texts;
    }

    /// <inheritdoc/>
    public byte[][] Complete(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        byte[][] texts = new byte[prefixes.Count][];
        int done = 0;
        ForEach(prefixes.Count, i =>
        {
            texts[i] = Read(reader => Draw(reader, prefixes[i].Span, length, SamplingOptions.Greedy, 0, cancel));
            progress?.Report((double)Interlocked.Increment(ref done) / texts.Length);
        }, cancel);
        return texts;
    }

    int ICodedText.MostAtOnce => MostReaders;

    void ICodedText.Code<TSteps>(IReadOnlyList<Memory<byte>> texts, TSteps steps, Action<int>? coded, CancellationToken cancel) => Read(reader =>
    {
        Span<double> all = stackalloc double[SamplingOptions.Bytes];
        foreach (Memory<byte> text in texts)
        {
            reader.Restart();
            for (int at = 0; at < text.Length; at += CodedAtOnce)
            {
                cancel.ThrowIfCancellationRequested();
                Span<byte> some = text.Span.Slice(at, Math.Min(CodedAtOnce, text.Length - at));
                if (reader is ILearner learner)
                {
                    learner.Learn(some, steps);
                }
                else
                {
                    foreach (ref byte symbol in some)
                    {
                        reader.Predict(all);
                        symbol = ByteSteps.Code(symbol, all, steps);
                        reader.Read(symbol);
                    }
                }
                coded?.Invoke(some.Length);
            }
        }
        return 0;
    });

    private void ForEach(int count, Action<int> body, CancellationToken cancel) =>
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Math.Max(1, MostReaders) }, body);

    private T Read<T>(Func<ITextReader, T> body)
    {
        if (!_idle.TryTake(out ITextReader? reader)) reader = Open();
        reader.Restart();
        T result = body(reader);
        _idle.Add(reader);
        return result;
    }

    private double Score(ITextReader reader, ReadOnlySpan<byte> text)
    {
        Span<double> all = stackalloc double[SamplingOptions.Bytes];
        double sum = 0;
        foreach (byte symbol in text)
        {
            if (_sampling == SamplingOptions.Plain)
            {
                sum += Math.Log2(reader.Take(symbol));
                continue;
            }
            reader.Predict(all);
            _sampling.Apply(all);
            sum += Math.Log2(all[symbol]);
            reader.Read(symbol);
        }
        return sum;
    }

    /// <summary>Scores texts <paramref name="first"/> to <paramref name="end"/>; what two of them share is only passed over in the second.</summary>
    private double Score(ITextReader reader, SortedTexts texts, int first, int end, int prompt, double least, double[] log2)
    {
        // log2 of the chance of each prefix of the text at hand, as far as it was read.
        double[] reached = new double[texts.Texts.Skip(first).Take(end - first).Max(text => text.Length) + 1];
        Span<double> all = stackalloc double[SamplingOptions.Bytes];
        bool atOnce = !reader.TakesByBits || _sampling != SamplingOptions.Plain;
        double leftOut = 0;
        int read = 0;
        for (int i = first; i < end; i++)
        {
            ReadOnlySpan<byte> text = texts.Texts[i].Span;
            int known = i == first ? 0 : Math.Min(read, texts.Shared[i]);
            if (i > first && reached[known] < least)
            {
                log2[i] = double.NegativeInfinity;
                continue;
            }
            reader.Restart();
            foreach (byte symbol in text[..known]) reader.Read(symbol);
            for (read = known; read < text.Length && reached[read] >= least; read++)
            {
                byte symbol = text[read];
                double probability = 1;
                if (read >= prompt && !atOnce)
                {
                    probability = reader.Take(symbol);
                }
                else
                {
                    if (read >= prompt)
                    {
                        reader.Predict(all);
                        _sampling.Apply(all);
                        probability = all[symbol];
                    }
                    reader.Read(symbol);
                }
                reached[read + 1] = read < prompt ? 0 : reached[read] + Math.Log2(probability);
            }
            log2[i] = reached[read] < least ? double.NegativeInfinity : reached[read];
            if (reached[read] < least) leftOut += Math.Pow(2, reached[read]);
        }
        return leftOut;
    }

    private static byte[] Draw(ITextReader reader, ReadOnlySpan<byte> prompt, int length, SamplingOptions sampling, ulong seed, CancellationToken cancel)
    {
        foreach (byte symbol in prompt) reader.Read(symbol);
        Span<double> all = stackalloc double[SamplingOptions.Bytes];
        var rng = new Rng(seed);
        byte[] text = new byte[length];
        foreach (ref byte next in text.AsSpan())
        {
            cancel.ThrowIfCancellationRequested();
            if (sampling == SamplingOptions.Plain && reader.TakesByBits)
            {
                next = reader.Draw(rng.NextDouble());
                continue;
            }
            reader.Predict(all);
            sampling.Apply(all);
            next = SamplingOptions.Draw<double>(all, rng.NextDouble());
            reader.Read(next);
        }
        return text;
    }
}
