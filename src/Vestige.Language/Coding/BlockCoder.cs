namespace Vestige.Language.Coding;

/// <summary>Codes blocks: by a model each by itself, by a learner each after the one before.</summary>
internal sealed class BlockCoder(ICodedText? model, ILearner? learner)
{
    // A text that is read in a lane of its own begins with nothing before it: it is long enough for that to cost little.
    private const int ShortestLane = 1 << 15;

    private const int LearntAtOnce = 1 << 15;

    /// <summary>Blocks that are coded side by side: one where each is known behind the one before.</summary>
    internal int AtOnce => model is null ? 1 : Math.Clamp(model.MostAtOnce, 1, Environment.ProcessorCount);

    /// <summary>Codes a block.</summary>
    /// <param name="block">Any bytes.</param>
    /// <param name="done">Told now and then how many more bytes are done.</param>
    /// <param name="cancel">Stops the work.</param>
    internal byte[] Encode(byte[] block, Action<int> done, CancellationToken cancel)
    {
        using var to = new MemoryStream();
        var coder = new RangeEncoder(to);
        Code(block, new EncodingSteps(coder), done, cancel);
        coder.End();
        return to.ToArray();
    }

    /// <summary>Decodes what <see cref="Encode"/> gave of a block of so many bytes.</summary>
    internal byte[] Decode(byte[] coded, int length, Action<int> done, CancellationToken cancel)
    {
        byte[] block = new byte[length];
        using var from = new MemoryStream(coded, writable: false);
        Code(block, new DecodingSteps(new RangeDecoder(from)), done, cancel);
        return block;
    }

    private void Code<TSteps>(byte[] block, TSteps steps, Action<int> done, CancellationToken cancel)
        where TSteps : ISteps
    {
        if (learner is null)
        {
            model!.Code(Lanes(block, model.Lanes), steps, done, cancel);
            return;
        }
        for (int at = 0; at < block.Length; at += LearntAtOnce)
        {
            cancel.ThrowIfCancellationRequested();
            Span<byte> some = block.AsSpan(at, Math.Min(LearntAtOnce, block.Length - at));
            learner.Learn(some, steps);
            done(some.Length);
        }
    }

    /// <summary>The texts that a block is read as.</summary>
    internal static Memory<byte>[] Lanes(byte[] block, int most)
    {
        int lanes = Math.Clamp(block.Length / ShortestLane, 1, most);
        return [.. Enumerable.Range(0, lanes).Select(i => block.AsMemory()[(int)((long)block.Length * i / lanes)..(int)((long)block.Length * (i + 1) / lanes)])];
    }
}
