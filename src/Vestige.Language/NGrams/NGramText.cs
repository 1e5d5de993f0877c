using System.Globalization;
using Vestige.Compressors;
using Vestige.Numerics;

namespace Vestige.Language.NGrams;

/// <summary>The distribution over passages that an n-gram model and a way of drawing from it make.</summary>
/// <remarks>A passage is scored on its own, from an empty context, and drawn so. Its members may be called from several threads at once.</remarks>
public sealed class NGramText : IPromptedText
{
    // Passages that are drawn side by side, each from a seed of its own.
    private const int Chunk = 64;

    // Sorted texts that are scored one after the other.
    private const int Part = 256;

    private readonly NGramModel _model;
    private readonly SamplingOptions _sampling;

    internal NGramText(string name, NGramModel model, long descriptionBytes, SamplingOptions sampling, int passageBytes, IReadOnlyList<UInt128> documents)
    {
        Name = name;
        _model = model;
        _sampling = sampling;
        DescriptionBytes = descriptionBytes;
        PassageBytes = passageBytes;
        Documents = documents;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Summary => string.Create(CultureInfo.InvariantCulture, $"n-grams of up to {Order} bytes, {StoredNGrams:N0} stored");

    /// <summary>Bytes of the counts as stored.</summary>
    public long? DescriptionBytes { get; }

    /// <summary>Length of the passages it was trained for and draws, in bytes.</summary>
    public int PassageBytes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<UInt128> Documents { get; }

    /// <summary>Bytes of the longest n-grams.</summary>
    public int Order => _model.Order;

    /// <summary>N-grams that are stored.</summary>
    public long StoredNGrams => _model.Counts.Stored;

    /// <summary>Whether a file that starts so is an n-gram model.</summary>
    public static bool IsModel(ReadOnlySpan<byte> start) => NGramFile.Is(start);

    /// <summary>Reads a model that <see cref="Write"/> wrote; it draws as it is.</summary>
    /// <param name="name">For the row and the passages drawn.</param>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="InvalidDataException">It is none, or damaged, or newer than this program; the message says which, without a name.</exception>
    public static NGramText Read(string name, ReadOnlySpan<byte> bytes)
    {
        (NGramCounts counts, int passageBytes, IReadOnlyList<UInt128> documents) = NGramFile.Read(bytes);
        return new NGramText(name, new NGramModel(counts), NGramFile.SizeOf(counts), SamplingOptions.Plain, passageBytes, documents);
    }

    /// <inheritdoc/>
    public ITextModel Drawing(string name, SamplingOptions sampling, int passageBytes) =>
        new NGramText(name, _model, DescriptionBytes!.Value, sampling, passageBytes, Documents);

    /// <inheritdoc/>
    public void Write(Stream stream) => NGramFile.Write(stream, _model.Counts, PassageBytes, Documents);

    /// <inheritdoc/>
    public double Log2Probability(Passage item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var context = new NGramContext(_model, stackalloc int[NGramCounts.HighestOrder]);
        bool plain = _sampling == SamplingOptions.Plain;
        Span<double> distribution = stackalloc double[plain ? 0 : SamplingOptions.Bytes];
        double sum = 0;
        foreach (byte symbol in item.Span)
        {
            if (plain)
            {
                sum += Math.Log2(context.Take(symbol));
                continue;
            }
            context.Distribution(distribution);
            _sampling.Apply(distribution);
            sum += Math.Log2(distribution[symbol]);
            context.Pass(symbol);
        }
        return sum;
    }

    (double[] Log2, double LeftOut) IPromptedText.Log2Probabilities(
        SortedTexts texts, int prompt, double negligible, IProgress<double>? progress, CancellationToken cancel)
    {
        double[] log2 = new double[texts.Count];
        double least = Math.Log2(negligible);
        // Parts do not depend on threads, so that nothing else does.
        double[] leftOut = new double[(texts.Count + Part - 1) / Part];
        Parallel.For(0, leftOut.Length, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount },
            part => leftOut[part] = Score(texts, part * Part, Math.Min(texts.Count, (part + 1) * Part), prompt, least, log2));
        progress?.Report(1);
        return (log2, leftOut.Sum());
    }

    /// <summary>Scores texts <paramref name="first"/> to <paramref name="end"/>; what two of them share is only passed over in the second.</summary>
    private double Score(SortedTexts texts, int first, int end, int prompt, double least, double[] log2)
    {
        // log2 of the chance of each prefix of the text at hand, as far as it was read.
        double[] reached = new double[texts.Texts.Skip(first).Take(end - first).Max(text => text.Length) + 1];
        Span<int> suffixes = stackalloc int[NGramCounts.HighestOrder];
        Span<double> distribution = stackalloc double[SamplingOptions.Bytes];
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
            var context = new NGramContext(_model, suffixes);
            foreach (byte symbol in text[..known]) context.Pass(symbol);
            for (read = known; read < text.Length && reached[read] >= least; read++)
            {
                if (read >= prompt)
                {
                    context.Distribution(distribution);
                    _sampling.Apply(distribution);
                }
                reached[read + 1] = read < prompt ? 0 : reached[read] + Math.Log2(distribution[text[read]]);
                context.Pass(text[read]);
            }
            log2[i] = reached[read] < least ? double.NegativeInfinity : reached[read];
            if (reached[read] < least) leftOut += Math.Pow(2, reached[read]);
        }
        return leftOut;
    }

    /// <inheritdoc/>
    /// <remarks>A document is one passage: passages are drawn independently. Passage i is the same however many are drawn.</remarks>
    public IEnumerable<IReadOnlyList<Passage>> Sample(int units, ulong seed, IProgress<Advance>? progress, CancellationToken cancel)
    {
        for (int first = 0; first < units; first += Chunk)
        {
            byte[][] texts = Sample(Math.Min(Chunk, units - first), PassageBytes, default, seed, first, null, cancel);
            for (int i = 0; i < texts.Length; i++) yield return [new Passage(texts[i], $"{Name}, sample {first + i + 1}", 0)];
            progress?.Report(new Advance($"sampling {Name}", (double)Math.Min(units, first + Chunk) / units));
        }
    }

    /// <inheritdoc/>
    public byte[][] Sample(int count, int length, ReadOnlyMemory<byte> prompt, ulong seed, long first, IProgress<double>? progress, CancellationToken cancel)
    {
        byte[][] texts = new byte[count][];
        int done = 0;
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            texts[i] = Draw(prompt.Span, length, _sampling, Rng.Mix(seed, (ulong)(first + i)), cancel);
            progress?.Report((double)Interlocked.Increment(ref done) / count);
        });
        return texts;
    }

    /// <inheritdoc/>
    public byte[][] Complete(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        byte[][] texts = new byte[prefixes.Count][];
        int done = 0;
        Parallel.For(0, prefixes.Count, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            texts[i] = Draw(prefixes[i].Span, length, SamplingOptions.Greedy, 0, cancel);
            progress?.Report((double)Interlocked.Increment(ref done) / texts.Length);
        });
        return texts;
    }

    private byte[] Draw(ReadOnlySpan<byte> prompt, int length, SamplingOptions sampling, ulong seed, CancellationToken cancel)
    {
        var context = new NGramContext(_model, stackalloc int[NGramCounts.HighestOrder]);
        foreach (byte symbol in prompt) context.Pass(symbol);
        Span<double> distribution = stackalloc double[SamplingOptions.Bytes];
        var rng = new Rng(seed);
        byte[] text = new byte[length];
        foreach (ref byte next in text.AsSpan())
        {
            cancel.ThrowIfCancellationRequested();
            context.Distribution(distribution);
            sampling.Apply(distribution);
            next = SamplingOptions.Draw<double>(distribution, rng.NextDouble());
            context.Pass(next);
        }
        return text;
    }
}
