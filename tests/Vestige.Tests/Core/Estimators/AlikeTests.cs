using Vestige.Estimators.Points;
using Vestige.Numerics;

namespace Vestige.Tests.Core.Estimators;

/// <summary>Documents that are one but for next to nothing.</summary>
public sealed class AlikeTests
{
    [Fact]
    public void Documents_that_are_nearly_one_get_one_number_whatever_their_order()
    {
        var rng = new Rng(3);
        const int d = 4, points = 3, documents = 60;
        float[][] originals = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, points * d).Select(_ => (float)rng.NextNormal()).ToArray())];
        // Points of documents in turn, so that those of one document do not stand together.
        int[] documentOf = [.. Enumerable.Range(0, documents * points).Select(i => i % documents)];
        float[] values = new float[documents * points * d];
        for (int i = 0; i < documentOf.Length; i++)
            for (int k = 0; k < d; k++) values[(i * d) + k] = originals[documentOf[i] % 5][(i / documents * d) + k] + (float)(0.01 * (rng.NextDouble() - 0.5));
        (int[] number, int kinds) = Alike.Find(values, documentOf, documents, 0.05f * 0.05f);
        Assert.Equal(5, kinds);
        Assert.Equal(Enumerable.Range(0, documents).Select(i => i % 5), number);
        // Nothing is equal, and with no room at all each stands alone.
        Assert.Equal(documents, Alike.Find(values, documentOf, documents, 0).Kinds);
    }

    [Fact]
    public void Of_a_film_each_picture_is_like_the_one_before_and_all_are_not_one()
    {
        float[] values = [.. Enumerable.Range(0, 100).Select(i => 0.09f * i)];
        (int[] number, int kinds) = Alike.Find(values, [.. Enumerable.Range(0, 100)], 100, 0.1f * 0.1f);
        // The first and the second are alike, the third is farther from the first than that.
        Assert.Equal(50, kinds);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i / 2), number);
    }

    [Fact]
    public void A_document_without_points_or_of_another_length_is_like_none()
    {
        float[] values = [1, 1, 1, 2];
        (int[] number, int kinds) = Alike.Find(values, [0, 2, 2, 3], 5, 100);
        Assert.Equal(2, kinds);
        Assert.Equal(number[0], number[3]);
        Assert.NotEqual(number[0], number[2]);
        Assert.Equal(0, Alike.Find([], [], 0, 1).Kinds);
    }
}
