using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Images.Planes;

namespace Vestige.Images.Views;

/// <summary>Blocks of 8 x 8 luma pixels as quantized frequencies: what the view <c>blocks</c> and the account of bits count.</summary>
/// <remarks>Blocks are aligned to the top left corner; pixels to the right of and below the last whole block belong to none, so that an
/// image under 8 pixels has no blocks. Luma is ITU-R BT.601 rounded to 8 bits, less 128. The transform is the orthonormal DCT-II, which
/// is JPEG's, and every coefficient y becomes sign(y) floor(|y|/Step + 1/2).</remarks>
internal static class BlockQuantizer
{
    /// <summary>Side of a block, pixels.</summary>
    public const int Side = 8;

    /// <summary>Coefficients of a block.</summary>
    public const int Area = Side * Side;

    /// <summary>The step of every frequency, in grey levels of the orthonormal transform: six levels of a block's mean. Chosen in
    /// docs/decisions/0002-texture-view.md.</summary>
    public const int Step = 48;

    private const double RootEighth = 0.35355339059327376220;

    /// <summary>cos(k pi/16), k = 0..8; written out so that no library's cosine decides how a coefficient rounds.</summary>
    private static ReadOnlySpan<double> Cosines =>
    [
        1, 0.98078528040323044913, 0.92387953251128675613, 0.83146961230254523708, 0.70710678118654752440,
        0.55557023301960222474, 0.38268343236508977173, 0.19509032201612826785, 0,
    ];

    /// <summary>(Side, Side): row u, column x holds cos((2x + 1) u pi/16).</summary>
    private static readonly double[] s_basis = Basis();

    /// <summary>Whole blocks side by side.</summary>
    public static int Columns(Picture picture) => picture.Width / Side;

    /// <summary>Whole blocks one above the other.</summary>
    public static int Rows(Picture picture) => picture.Height / Side;

    /// <summary>Transforms and quantizes one block.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="column">0 .. <see cref="Columns"/> - 1.</param>
    /// <param name="row">0 .. <see cref="Rows"/> - 1.</param>
    /// <param name="coefficients">(Side, Side) out: vertical frequency by horizontal frequency.</param>
    public static void Quantize(Picture picture, int column, int row, Span<short> coefficients)
    {
        Span<double> pixels = stackalloc double[Area];
        for (int y = 0; y < Side; y++)
        {
            long start = 3 * ((((long)row * Side) + y) * picture.Width + ((long)column * Side));
            ReadOnlySpan<byte> rgb = picture.Rgb.AsSpan((int)start, 3 * Side);
            for (int x = 0, i = 0; x < Side; x++, i += 3)
            {
                pixels[(y * Side) + x] = Luma.Of(rgb[i], rgb[i + 1], rgb[i + 2]);
            }
        }
        Transform(pixels);
        for (int i = 0; i < Area; i++)
        {
            double magnitude = Math.Floor((Math.Abs(pixels[i]) / Step) + 0.5);
            coefficients[i] = (short)(pixels[i] < 0 ? -magnitude : magnitude);
        }
    }

    /// <summary>The orthonormal DCT-II of a block, in place.</summary>
    /// <param name="block">(Side, Side): rows of pixels in; vertical frequency by horizontal frequency out.</param>
    public static void Transform(Span<double> block)
    {
        Span<double> half = stackalloc double[Area];
        TransformRows(block, half);
        TransformRows(half, block);
        for (int i = 0; i < Area; i++)
        {
            int v = i / Side, u = i % Side;
            // The basis is not normalized, so that the mean of a block is exact: 1/8 is, sqrt(1/8) is not.
            block[i] *= (v, u) switch { (0, 0) => 1.0 / 8, (0, _) or (_, 0) => RootEighth / 2, _ => 1.0 / 4 };
        }
    }

    /// <summary>Transforms each row and turns the result, so that twice makes both directions: to[u, y] = sum of from[y, x] cos((2x + 1)
    /// u pi/16), added from the first x to the last.</summary>
    private static void TransformRows(ReadOnlySpan<double> from, Span<double> to)
    {
        ref double basis = ref MemoryMarshal.GetArrayDataReference(s_basis);
        // Four rows at a time, one to a lane.
        for (int y = 0; y < Side; y += 4)
        {
            ReadOnlySpan<double> rows = from.Slice(y * Side, 4 * Side);
            Vector256<double> x0 = Column(rows, 0), x1 = Column(rows, 1), x2 = Column(rows, 2), x3 = Column(rows, 3);
            Vector256<double> x4 = Column(rows, 4), x5 = Column(rows, 5), x6 = Column(rows, 6), x7 = Column(rows, 7);
            for (int u = 0; u < Side; u++)
            {
                ref double b = ref Unsafe.Add(ref basis, u * Side);
                // Sums of products rounded one by one, as they are without vectors.
                Vector256<double> sum = x0 * b;
                sum += x1 * Unsafe.Add(ref b, 1);
                sum += x2 * Unsafe.Add(ref b, 2);
                sum += x3 * Unsafe.Add(ref b, 3);
                sum += x4 * Unsafe.Add(ref b, 4);
                sum += x5 * Unsafe.Add(ref b, 5);
                sum += x6 * Unsafe.Add(ref b, 6);
                sum += x7 * Unsafe.Add(ref b, 7);
                sum.CopyTo(to[((u * Side) + y)..]);
            }
        }

        static Vector256<double> Column(ReadOnlySpan<double> rows, int x) => Vector256.Create(rows[x], rows[Side + x], rows[(2 * Side) + x], rows[(3 * Side) + x]);
    }

    private static double[] Basis()
    {
        double[] basis = new double[Area];
        for (int u = 0; u < Side; u++)
            for (int x = 0; x < Side; x++)
            {
                // cos has the period 32 in units of pi/16, is even, and changes its sign about 8.
                int angle = ((2 * x) + 1) * u % 32;
                if (angle > 16) angle = 32 - angle;
                basis[(u * Side) + x] = angle <= 8 ? Cosines[angle] : -Cosines[16 - angle];
            }
        return basis;
    }
}
