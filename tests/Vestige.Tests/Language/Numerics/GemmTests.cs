using System.Runtime.InteropServices;
using Vestige.Language.Numerics;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Numerics;

/// <summary>Products must be the plain chain of fused multiply-adds to the bit: that is what makes them the same on every machine.</summary>
public sealed class GemmTests
{
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int>();
            foreach (int rows in (int[])[1, 7, 8, 9, 23])
            {
                foreach (int columns in (int[])[1, 16, 31, 32, 33, 75])
                {
                    foreach (int inner in (int[])[0, 1, 2, 19]) shapes.Add(rows, columns, inner);
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Product_is_the_plain_sum_to_the_bit(int rows, int columns, int inner)
    {
        float[] a = Random(rows * (inner + 3), 1), b = Random((inner + 1) * (columns + 2), 2);
        foreach (bool add in (bool[])[false, true])
        {
            // As they are; transposed, as for the gradients of inputs and of weights.
            Check(new Matrix(a, rows, inner, inner + 3), new Matrix(b, inner, columns, columns + 2), add);
            Check(new Matrix(a, rows, inner, inner + 3), new Matrix(b, columns, inner, inner).Transposed, add);
            Check(new Matrix(a, inner, rows, rows).Transposed, new Matrix(b, inner, columns, columns + 2), add);
        }
    }

    [Theory]
    [InlineData(5, 16)]
    [InlineData(40, 24)]
    [InlineData(67, 33)]
    public void Triangles_leave_out_only_zeros(int size, int columns)
    {
        int stride = size + 8;
        float[] lower = Random(size * stride, 3), b = Random(size * Math.Max(size, columns), 4);
        float[] expected = new float[b.Length], c = new float[b.Length];
        for (int i = 0; i < size; i++) lower.AsSpan((i * stride) + i + 1, stride - i - 1).Clear();
        var a = new Matrix(lower, size, size, stride);
        foreach (Triangle triangle in (Triangle[])[Triangle.LowerLeft, Triangle.UpperLeft])
        {
            Matrix left = triangle == Triangle.LowerLeft ? a : a.Transposed;
            var panels = new Panels(size, columns);
            panels.Pack(new Matrix(b, size, columns, columns));
            Gemm.Multiply(expected, columns, left, panels);
            Gemm.Multiply(c, columns, left, panels, triangle: triangle);
            Assert.Equal(expected.AsSpan(0, size * columns), c.AsSpan(0, size * columns));
        }

        var square = new Panels(size, size);
        square.Pack(new Matrix(b, size, size, size));
        Gemm.Multiply(expected, size, a, square);
        Gemm.Multiply(c, size, a, square, triangle: Triangle.LowerResult);
        for (int i = 0; i < size; i++) Assert.Equal(expected.AsSpan(i * size, i + 1), c.AsSpan(i * size, i + 1));
    }

    [Fact]
    public void Matrix_beyond_its_memory_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Matrix(new float[11], 3, 4, 4).Rows);
        Assert.Equal(4, new Matrix(new float[12], 3, 4, 4).Columns);
    }

    [Fact]
    public void Result_that_does_not_fit_is_refused()
    {
        var panels = new Panels(2, 5);
        panels.Pack(new Matrix(new float[10], 2, 5, 5));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(new float[14], 5, new Matrix(new float[6], 3, 2, 2), panels));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(new float[15], 5, new Matrix(new float[9], 3, 3, 3), panels));
    }

    private static void Check(Matrix a, Matrix b, bool add)
    {
        int stride = b.Columns + 1;
        float[] c = Random(a.Rows * stride, 5), expected = [.. c];
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < b.Columns; j++)
            {
                float sum = 0;
                for (int k = 0; k < a.Columns; k++)
                {
                    sum = MathF.FusedMultiplyAdd(a.Data[(i * a.RowStride) + (k * a.ColumnStride)], b.Data[(k * b.RowStride) + (j * b.ColumnStride)], sum);
                }

                expected[(i * stride) + j] = add ? sum + expected[(i * stride) + j] : sum;
            }
        }

        var panels = new Panels(b.Rows, b.Columns);
        panels.Pack(b);
        Gemm.Multiply(c, stride, a, panels, add);
        Assert.Equal(MemoryMarshal.Cast<float, int>(expected), MemoryMarshal.Cast<float, int>(c.AsSpan()));
    }

    private static float[] Random(int length, ulong seed)
    {
        var rng = new Rng(seed);
        float[] values = new float[length];
        foreach (ref float value in values.AsSpan()) value = (float)rng.NextNormal();
        return values;
    }
}
