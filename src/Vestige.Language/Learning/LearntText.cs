using Vestige.Language.Coding;
using Vestige.Language.Sequential;

namespace Vestige.Language.Learning;

/// <summary>What a learner made of T: the model, and T as the model coded it while it learnt, which is all that must be kept.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Lengths">Bytes of each text of T.</param>
/// <param name="Coded">T, coded.</param>
/// <param name="Learner">The model behind T.</param>
internal sealed record Learnt(LearnerKind Kind, IReadOnlyList<int> Settings, IReadOnlyList<int> Lengths, byte[] Coded, ILearner Learner)
{
    /// <summary>Bytes of T.</summary>
    internal long Bytes => Lengths.Sum(length => (long)length);

    /// <summary>Learns T.</summary>
    internal static Learnt From(LearnerKind kind, IReadOnlyList<int> settings, IReadOnlyList<ReadOnlyMemory<byte>> texts, Action<double>? progress, CancellationToken cancel)
    {
        using var coded = new MemoryStream();
        var coder = new RangeEncoder(coded);
        long all = texts.Sum(text => (long)text.Length), done = 0;
        ILearner learner = kind.Make(settings, all);
        foreach (ReadOnlyMemory<byte> text in texts)
            Learn(learner, text.Length, text, new EncodingSteps(coder), some => progress?.Invoke((double)(done += some) / all), cancel);
        coder.End();
        return new Learnt(kind, settings, [.. texts.Select(text => text.Length)], coded.ToArray(), learner);
    }

    /// <summary>Learns T again from what it was coded into.</summary>
    /// <exception cref="InvalidDataException">The texts are longer than what was coded.</exception>
    internal static Learnt From(LearnerKind kind, IReadOnlyList<int> settings, IReadOnlyList<int> lengths, byte[] coded)
    {
        using var from = new MemoryStream(coded, writable: false);
        ILearner learner = kind.Make(settings, lengths.Sum(length => (long)length));
        var steps = new DecodingSteps(new RangeDecoder(from));
        foreach (int length in lengths) Learn(learner, length, default, steps, static _ => { }, CancellationToken.None);
        return new Learnt(kind, settings, lengths, coded, learner);
    }

    // In pieces, so that a text's length alone, which a file may say anything of, takes no memory.
    private static void Learn<TSteps>(ILearner learner, int length, ReadOnlyMemory<byte> text, TSteps steps, Action<int> learnt, CancellationToken cancel)
        where TSteps : ISteps
    {
        byte[] buffer = new byte[Math.Min(length, 1 << 16)];
        learner.Restart();
        for (int at = 0; at < length;)
        {
            cancel.ThrowIfCancellationRequested();
            Span<byte> piece = buffer.AsSpan(0, Math.Min(buffer.Length, length - at));
            if (!TSteps.Decodes) text.Span.Slice(at, piece.Length).CopyTo(piece);
            learner.Learn(piece, steps);
            at += piece.Length;
            learnt(piece.Length);
        }
    }
}

/// <summary>The distribution over passages that a learner has after T, and a way of drawing from it.</summary>
internal sealed class LearntText : SequentialText
{
    private readonly Learnt _learnt;

    internal LearntText(string name, Learnt learnt, SamplingOptions sampling, int passageBytes, IReadOnlyList<UInt128> documents)
        : base(name, sampling, passageBytes, documents) => _learnt = learnt;

    /// <inheritdoc/>
    public override string Summary => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{_learnt.Kind.Summary(_learnt.Settings)}; {_learnt.Bytes:N0} bytes learnt at {8.0 * _learnt.Coded.Length / _learnt.Bytes:0.000} bits/byte");

    /// <summary>Bytes of T coded by the model itself: from them it learns the same again.</summary>
    public override long? DescriptionBytes => _learnt.Coded.Length;

    /// <summary>Kind and settings, as on the command line.</summary>
    internal string Written => _learnt.Kind.Write(_learnt.Settings);

    internal override int MostReaders => _learnt.Kind.MostReaders(_learnt.Learner);

    /// <inheritdoc/>
    public override ITextModel Drawing(string name, SamplingOptions sampling, int passageBytes) => new LearntText(name, _learnt, sampling, passageBytes, Documents);

    /// <inheritdoc/>
    public override void Write(Stream stream) => LearntFile.Write(stream, _learnt, PassageBytes, Documents);

    internal override ITextReader Open() => _learnt.Kind.Open(_learnt.Learner);
}
