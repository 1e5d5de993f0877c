namespace Vestige.Language.Coding;

/// <summary>Where the steps of a model that codes as it learns go to, or come from. A structure, so that each use is compiled apart.</summary>
internal interface ISteps
{
    /// <summary>True where outcomes are not known before, but decoded.</summary>
    static abstract bool Decodes { get; }

    /// <summary>A bit, of probability <paramref name="one"/> / 65536 to be 1.</summary>
    /// <param name="bit">The bit; of no meaning to what decodes.</param>
    /// <param name="one">1 to 65535.</param>
    /// <returns>The bit.</returns>
    int Bit(int bit, int one);

    /// <summary>Where the next outcome lies, for what decodes; see <see cref="RangeDecoder.Place"/>.</summary>
    uint Place(uint total);

    /// <summary>An outcome.</summary>
    void Take(uint below, uint frequency, uint total);
}

/// <summary>Steps that nobody writes down: the model only learns.</summary>
internal readonly struct NoSteps : ISteps
{
    public static bool Decodes => false;

    public int Bit(int bit, int one) => bit;

    public uint Place(uint total) => 0;

    public void Take(uint below, uint frequency, uint total)
    {
    }
}

/// <summary>Steps into a coder.</summary>
internal readonly struct EncodingSteps(RangeEncoder coder) : ISteps
{
    public static bool Decodes => false;

    public int Bit(int bit, int one)
    {
        coder.Encode(bit, one);
        return bit;
    }

    public uint Place(uint total) => 0;

    public void Take(uint below, uint frequency, uint total) => coder.Encode(below, frequency, total);
}

/// <summary>Steps out of a coder.</summary>
internal readonly struct DecodingSteps(RangeDecoder coder) : ISteps
{
    public static bool Decodes => true;

    public int Bit(int bit, int one) => coder.Decode(one);

    public uint Place(uint total) => coder.Place(total);

    public void Take(uint below, uint frequency, uint total) => coder.Take(below, frequency, total);
}
