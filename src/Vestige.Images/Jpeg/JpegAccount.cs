using System.Numerics;

namespace Vestige.Images.Jpeg;

/// <summary>What a JPEG kept and what it discarded, from the file's own coefficients.</summary>
public sealed record JpegAccount
{
    /// <summary>"baseline" or "progressive".</summary>
    public required string Coding { get; init; }

    /// <summary>"4:2:0" and the like; null where there are not three components.</summary>
    public required string? Chroma { get; init; }

    /// <summary>libjpeg's quality that gives this table for luma; null where it is another's.</summary>
    public required int? Quality { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Of these, bytes of coded coefficients.</summary>
    public required long ScanBytes { get; init; }

    /// <summary>All bytes of the file by what they are for: the picture's first, then what was put beside and behind it.</summary>
    public required IReadOnlyList<JpegPart> Parts { get; init; }

    /// <summary>Bits a pixel of what the picture needs of the file: what was kept.</summary>
    public required double Kept { get; init; }

    /// <summary>Bits a pixel of the original without loss, less what was kept: what was discarded. Null without an original.</summary>
    public double? Discarded { get; init; }

    /// <summary>Bits a pixel of the raw original, less those without loss. Null without an original.</summary>
    public double? Redundancy { get; init; }

    /// <summary>Why its coefficients were not compared with pixels; null where they were, or where there were none.</summary>
    public string? NotCompared { get; init; }

    /// <summary>Its components.</summary>
    public required IReadOnlyList<ComponentAccount> Components { get; init; }

    /// <summary>Accounts for a file.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="original">What it was made of, if that is known and of the same size.</param>
    /// <param name="decoded">What some decoder makes of it: 8-bit sRGB of the same size; null for none.</param>
    /// <param name="losslessBytes">Bytes of the original in the best lossless code; null without it.</param>
    /// <param name="isConverted">Whether the file's colours went through a profile: its components are then of another space than the pixels.</param>
    public static JpegAccount Of(JpegImage jpeg, Picture? original, Picture? decoded, long? losslessBytes, bool isConverted = false)
    {
        ArgumentNullException.ThrowIfNull(jpeg);
        double pixels = (double)jpeg.Width * jpeg.Height, kept = 8 * jpeg.Parts.Where(part => part.IsPicture).Sum(part => part.Bytes) / pixels;
        // Pixels are not turned into other colour spaces here.
        string? why = (original ?? decoded) is null ? null
            : jpeg.Components.Count is not (1 or 3) ? $"it has {jpeg.Components.Count} components, and pixels have 3"
            : isConverted ? "its colour profile is not sRGB's, and the pixels are sRGB"
            : null;
        bool known = why is null;
        double? lossless = 8 * losslessBytes / pixels;
        return new JpegAccount
        {
            Coding = jpeg.Progressive ? "progressive" : "baseline",
            Chroma = jpeg.Chroma,
            Quality = StandardTables.QualityOf(jpeg.Components[0].Steps),
            FileBytes = jpeg.FileBytes,
            ScanBytes = jpeg.ScanBytes,
            Parts = jpeg.Parts,
            NotCompared = why,
            Kept = kept,
            Discarded = lossless - kept,
            Redundancy = 24 - lossless,
            Components =
            [
                .. jpeg.Components.Select((component, i) => ComponentAccount.Of(Name(jpeg, i), component,
                    original is not null && known ? ComponentSamples.Of(original, jpeg, i) : null,
                    decoded is not null && known ? ComponentSamples.Of(decoded, jpeg, i) : null)),
            ],
        };
    }

    private static string Name(JpegImage jpeg, int component) => jpeg.Components.Count switch
    {
        1 => "grey",
        3 => (jpeg.Colour == JpegColour.Rgb ? new[] { "R", "G", "B" } : ["Y", "Cb", "Cr"])[component],
        _ => $"component {component + 1}",
    };
}

/// <summary>What became of one component, a block of 8 x 8 samples on average.</summary>
public sealed record ComponentAccount
{
    /// <summary>"Y", "Cb", "Cr", "R", "G", "B", "grey", or "component 1" and so on.</summary>
    public required string Name { get; init; }

    /// <summary>Blocks that hold samples.</summary>
    public required int Blocks { get; init; }

    /// <summary>Sum of log2 of the steps: bits a block that quantization discards, whatever the picture. Its power of two is the volume of
    /// what one coded block stands for, in units of a grey level a sample.</summary>
    public required double DiscardedBits { get; init; }

    /// <summary>Coefficients that are not zero.</summary>
    public required double NonZero { get; init; }

    /// <summary>Entropy of the coefficients kept, frequency by frequency: an upper limit of what a block holds; Miller and Madow's correction.</summary>
    public required double EntropyAfter { get; init; }

    /// <summary>The same of the original's coefficients in steps of 1; null without the original.</summary>
    public double? EntropyBefore { get; init; }

    /// <summary>Their difference: an estimate of the bits lost, since dependence between frequencies is left out of both.</summary>
    public double? EntropyLost => EntropyBefore - EntropyAfter;

    /// <summary>Share of the file's coefficients that quantizing the original gives; null without it. 1 where the file was made of it as it is.</summary>
    public double? OfOriginal { get; init; }

    /// <summary>Share of the file's coefficients that the decoder's picture gives when it is quantized again; null without one.</summary>
    public double? Consistent { get; init; }

    /// <summary>The same, where rounding pixels (4 a coefficient at most) is forgiven.</summary>
    public double? ConsistentButRounding { get; init; }

    /// <summary>Estimated root mean square of what the file leaves open, grey levels a sample: the error of the best decoder, if the coefficients of
    /// equally busy blocks are Laplacian.</summary>
    public required double Unknown { get; init; }

    internal static ComponentAccount Of(string name, JpegComponent component, ComponentSamples? original, ComponentSamples? decoded)
    {
        var kept = new FrequencyTable();
        var before = new FrequencyTable();
        long same = 0, consistent = 0, forgiven = 0, all = 64L * component.Columns * component.Rows, nonZero = 0;
        double[] coefficients = new double[64];
        IReadOnlyList<int> steps = component.Steps;
        for (int row = 0; row < component.Rows; row++)
            for (int column = 0; column < component.Columns; column++)
            {
                ReadOnlySpan<short> block = component.Block(column, row);
                for (int f = 0; f < 64; f++)
                {
                    kept.Add(f, block[f]);
                    if (block[f] != 0) nonZero++;
                }
                if (original is not null)
                {
                    original.Transform(column, row, coefficients);
                    for (int f = 0; f < 64; f++)
                    {
                        before.Add(f, Round(coefficients[f]));
                        if (Round(coefficients[f] / steps[f]) == block[f]) same++;
                    }
                }
                if (decoded is null) continue;
                decoded.Transform(column, row, coefficients);
                for (int f = 0; f < 64; f++)
                {
                    double quotient = coefficients[f] / steps[f];
                    if (Round(quotient) == block[f]) consistent++;
                    if (Math.Abs(quotient - block[f]) <= 0.5 + (4.0 / steps[f])) forgiven++;
                }
            }
        int blocks = component.Columns * component.Rows;
        return new ComponentAccount
        {
            Name = name,
            Blocks = blocks,
            DiscardedBits = steps.Sum(step => Math.Log2(step)),
            NonZero = (double)nonZero / blocks,
            EntropyAfter = kept.Entropy(),
            EntropyBefore = original is null ? null : before.Entropy(),
            OfOriginal = original is null ? null : (double)same / all,
            Consistent = decoded is null ? null : (double)consistent / all,
            ConsistentButRounding = decoded is null ? null : (double)forgiven / all,
            Unknown = Math.Sqrt(Open(component) / 64),
        };
    }

    /// <summary>Mean over blocks of the sum over frequencies of the mean square that quantization leaves open.</summary>
    /// <remarks>A block with many coefficients says that it is busy: blocks are told apart by the number of theirs (0, 1, 2 to 3, 4 to 7 and so on), and
    /// each kind has Laplacians of its own. Where nearly all coefficients of a frequency are zero they say little of it; then pictures
    /// do: no frequency is stronger than the next lower one along or down.</remarks>
    private static double Open(JpegComponent component)
    {
        var kinds = new FrequencyTable?[8];
        for (int row = 0; row < component.Rows; row++)
            for (int column = 0; column < component.Columns; column++)
            {
                ReadOnlySpan<short> block = component.Block(column, row);
                int found = 63 - block[1..].Count((short)0);
                FrequencyTable kind = kinds[32 - BitOperations.LeadingZeroCount((uint)found)] ??= new FrequencyTable();
                for (int f = 0; f < 64; f++) kind.Add(f, block[f]);
            }
        double open = 0;
        double[] rates = new double[64];
        foreach (FrequencyTable? kind in kinds)
        {
            if (kind is null) continue;
            long blocks = kind.Magnitudes(0).Sum();
            // The mean of a block is no Laplacian: its cell is taken to be even.
            open += blocks * component.Steps[0] * (double)component.Steps[0] / 12;
            for (int f = 1; f < 64; f++)
            {
                long[] magnitudes = kind.Magnitudes(f);
                rates[f] = CellModel.Rate(magnitudes, component.Steps[f]);
                if (f % 8 > 0) rates[f] = Math.Max(rates[f], rates[f - 1]);
                if (f >= 8) rates[f] = Math.Max(rates[f], rates[f - 8]);
                open += blocks * CellModel.MeanSquare(rates[f], component.Steps[f], (double)magnitudes[0] / blocks);
            }
        }
        return open / (component.Columns * component.Rows);
    }

    /// <summary>sign(y) floor(|y| + 1/2).</summary>
    private static int Round(double y) => (int)Math.CopySign(Math.Floor(Math.Abs(y) + 0.5), y);
}

/// <summary>How often each value of each of the 64 frequencies is found.</summary>
internal sealed class FrequencyTable
{
    // Orthonormal coefficients of 8-bit samples less 128 are within 1,024; damaged files may hold any short.
    private const int Most = 1 << 15;

    private readonly Dictionary<int, long>[] _counts = [.. Enumerable.Range(0, 64).Select(_ => new Dictionary<int, long>())];

    internal void Add(int frequency, int value) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts[frequency], Math.Clamp(value, -Most, Most), out _)++;

    /// <summary>Sum over frequencies of their entropies in bits.</summary>
    /// <remarks>Plug-in, and Miller's correction (m - 1) / (2 N ln 2) for m values found in N blocks.</remarks>
    internal double Entropy()
    {
        double bits = 0;
        foreach (Dictionary<int, long> counts in _counts)
        {
            double all = counts.Values.Sum();
            // In the order of values: a sum must not depend on which block came first.
            foreach ((_, long count) in counts.OrderBy(c => c.Key)) bits -= count / all * Math.Log2(count / all);
            bits += (counts.Count - 1) / (2 * all * Math.Log(2));
        }
        return bits;
    }

    /// <summary>How often |value| is 0, 1, 2 and so on.</summary>
    internal long[] Magnitudes(int frequency)
    {
        long[] magnitudes = new long[1 + _counts[frequency].Keys.Max(Math.Abs)];
        foreach ((int value, long count) in _counts[frequency]) magnitudes[Math.Abs(value)] += count;
        return magnitudes;
    }
}
