namespace Vestige.Models.Gguf;

/// <summary>How a tensor's elements are stored, by the number that GGUF files have for it (ggml's <c>enum ggml_type</c>).</summary>
internal enum TensorType : uint
{
    F32 = 0,
    F16 = 1,
}

/// <summary>Sizes of stored elements.</summary>
internal static class TensorTypes
{
    // (elements, bytes) of a block, by the type's number, as ggml's table of traits has them.
    private static readonly Dictionary<uint, (int Elements, int Bytes)> s_blocks = new()
    {
        [0] = (1, 4),
        [1] = (1, 2),
        [2] = (32, 18),
        [3] = (32, 20),
        [6] = (32, 22),
        [7] = (32, 24),
        [8] = (32, 34),
        [9] = (32, 36),
        [10] = (256, 84),
        [11] = (256, 110),
        [12] = (256, 144),
        [13] = (256, 176),
        [14] = (256, 210),
        [15] = (256, 292),
        [16] = (256, 66),
        [17] = (256, 74),
        [18] = (256, 98),
        [19] = (256, 50),
        [20] = (32, 18),
        [21] = (256, 110),
        [22] = (256, 82),
        [23] = (256, 136),
        [24] = (1, 1),
        [25] = (1, 2),
        [26] = (1, 4),
        [27] = (1, 8),
        [28] = (1, 8),
        [29] = (256, 56),
        [30] = (1, 2),
        [34] = (256, 54),
        [35] = (256, 66),
        [39] = (32, 17),
    };

    /// <summary>Bytes of a tensor; null for a type that is not known here.</summary>
    /// <exception cref="InvalidDataException">A row is no whole number of blocks.</exception>
    internal static UInt128? SizeOf(uint type, IReadOnlyList<ulong> shape)
    {
        if (!s_blocks.TryGetValue(type, out (int Elements, int Bytes) block)) return null;
        if (shape.Count > 0 && shape[0] % (ulong)block.Elements != 0)
            throw new InvalidDataException($"has rows of {shape[0]} elements, and its type packs {block.Elements} together");
        UInt128 elements = shape.Aggregate(UInt128.One, (product, length) => product * length);
        return elements / (UInt128)block.Elements * (UInt128)block.Bytes;
    }
}
