using Vestige.Compressors;

namespace Vestige.Audits.Documents;

/// <summary>What coding a document gave.</summary>
/// <param name="Bytes">Bytes of its items together; -1 where the codec could not take them.</param>
/// <param name="EncodeSeconds">Time to encode them.</param>
/// <param name="DecodeSeconds">Time to decode them.</param>
/// <param name="Same">The reconstructions are the items themselves.</param>
internal readonly record struct Outcome(long Bytes, double EncodeSeconds, double DecodeSeconds, bool Same)
{
    internal static readonly Outcome None = new(-1, 0, 0, false);

    /// <summary>Codes a document's items.</summary>
    internal static Outcome Of<TItem>(ICodec<TItem> codec, IReadOnlyList<TItem> items, out IReadOnlyList<TItem> reconstructions) =>
        Of(items, number => codec.Code(items[number]), out reconstructions);

    /// <summary>What becomes of a document's items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="code">What became of the item of a number.</param>
    /// <param name="reconstructions">What decoding gave.</param>
    internal static Outcome Of<TItem>(IReadOnlyList<TItem> items, Func<int, Coded<TItem>> code, out IReadOnlyList<TItem> reconstructions)
    {
        long bytes = 0;
        double encode = 0, decode = 0;
        bool same = true;
        var decoded = new TItem[items.Count];
        for (int i = 0; i < items.Count; i++)
        {
            Coded<TItem> coded = code(i);
            bytes += coded.Bytes;
            encode += coded.EncodeSeconds;
            decode += coded.DecodeSeconds;
            decoded[i] = coded.Reconstruction;
            same &= ReferenceEquals(coded.Reconstruction, items[i]);
        }
        reconstructions = decoded;
        return new Outcome(bytes, encode, decode, same);
    }
}
