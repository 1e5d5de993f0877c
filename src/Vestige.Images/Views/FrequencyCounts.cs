using System.Runtime.InteropServices;

namespace Vestige.Images.Views;

/// <summary>How often each value of each frequency occurred in the quantized blocks of many images: what the entropies are estimated
/// from.</summary>
internal sealed class FrequencyCounts
{
    private readonly Dictionary<short, long>[] _counts =
        [.. Enumerable.Range(0, BlockQuantizer.Area).Select(_ => new Dictionary<short, long>())];

    /// <summary>Blocks counted.</summary>
    public long Blocks { get; private set; }

    /// <summary>Counts all blocks of an image.</summary>
    public void Add(Picture picture)
    {
        Span<short> coefficients = stackalloc short[BlockQuantizer.Area];
        for (int row = 0; row < BlockQuantizer.Rows(picture); row++)
            for (int column = 0; column < BlockQuantizer.Columns(picture); column++)
            {
                BlockQuantizer.Quantize(picture, column, row, coefficients);
                for (int i = 0; i < coefficients.Length; i++)
                    CollectionsMarshal.GetValueRefOrAddDefault(_counts[i], coefficients[i], out _)++;
                Blocks++;
            }
    }

    /// <summary>Value to count, of one frequency; the counts add up to <see cref="Blocks"/>.</summary>
    /// <param name="frequency">8 x vertical + horizontal frequency, 0 .. 63.</param>
    public IReadOnlyDictionary<short, long> Of(int frequency) => _counts[frequency];
}
