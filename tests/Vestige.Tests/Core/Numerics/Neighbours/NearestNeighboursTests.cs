using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Vestige.Numerics;
using Vestige.Numerics.Neighbours;

namespace Vestige.Tests.Core.Numerics.Neighbours;

public sealed class NearestNeighboursTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Neighbours_are_those_of_the_definition_whichever_group_is_left_out(int kind)
    {
        var rng = new Rng((ulong)kind);
        for (int size = 0; size <= 70; size++)
        {
            int dimensions = 1 + (size * 29 % 70), groups = 1 + (size % 25), k = 1 + (size % 7);
            PointSet queries = PlainNeighbours.Points(ref rng, kind, size, dimensions, groups);
            PointSet references = size % 2 == 0 ? queries : PlainNeighbours.Points(ref rng, kind, size * 37 % 71, dimensions, groups);
            bool excludeOwnUnit = size % 3 != 0;
            foreach (Grid? grid in new[] { null, Grid.Of(queries, references, 1) })
            {
                NeighbourTable table = NearestNeighbours.Find(grid, queries, references, k, excludeOwnUnit, threads: 1);
                for (int q = 0; q < queries.Count; q++) AssertIsDefinition(table, q, PlainNeighbours.Ranked(queries, q, references, excludeOwnUnit), references);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Coverage_is_that_of_the_definition_in_every_replicate(int kind)
    {
        var rng = new Rng((ulong)kind);
        for (int size = 0; size <= 70; size++)
        {
            int dimensions = 1 + (size * 31 % 70), groups = 1 + (size % PointSet.MaxGroups);
            PointSet queries = PlainNeighbours.Points(ref rng, kind, size, dimensions, groups);
            PointSet references = PlainNeighbours.Points(ref rng, kind, size * 37 % 71, dimensions, groups);
            float[] radii = Radii(ref rng, queries, references);
            uint[] expected = [.. Enumerable.Range(0, queries.Count).Select(q => PlainNeighbours.Covered(queries, q, references, radii))];
            Assert.Equal(expected, NearestNeighbours.Covered(null, queries, references, radii, threads: 1));
            Assert.Equal(expected, NearestNeighbours.Covered(Grid.Of(queries, references, 1), queries, references, radii, threads: 1));
        }
    }

    /// <summary>More of them within reach than a grid search has room for.</summary>
    [Fact]
    public void Many_copies_are_all_at_zero_and_the_first_of_them_are_kept()
    {
        const int copies = 700, dimensions = 9;
        float[] values = new float[(copies + 1) * dimensions];
        Array.Fill(values, 0.1f);
        values[^1] = 1;
        var points = new PointSet(values, dimensions);
        NeighbourTable table = NearestNeighbours.Find(Grid.Of(points, points, 1), points, points, k: 3, excludeOwnUnit: true, threads: 1);
        Assert.Equal([1, 2, 3], table.Indices[..3]);
        Assert.Equal([0, 1, 2], table.Indices[(600 * 3)..(601 * 3)]);
        Assert.All(table.SquaredDistances[..(copies * 3)], distance => Assert.Equal(0, distance));
        Assert.Equal([0, 1, 2], table.Indices[^3..]);
        Assert.All(table.SquaredDistances[^3..], distance => Assert.Equal(0.81f, distance, 1e-6f)); // One square in float.
    }

    [Fact]
    public void Where_there_are_too_few_neighbours_they_are_infinitely_far()
    {
        var points = new PointSet([0, 1, 3, 10], 1, [0, 0, 1, 1], [0, 0, 1, 1], 2);
        NeighbourTable table = NearestNeighbours.Find(points, points, k: 3, excludeOwnUnit: true, threads: 1);
        Assert.Equal(9, table.SquaredDistance(0, 1, without: 2));
        Assert.Equal(100, table.SquaredDistance(0, 2, without: 2));
        Assert.Equal(float.PositiveInfinity, table.SquaredDistance(0, 3, without: 2));
        Assert.Equal(float.PositiveInfinity, table.SquaredDistance(0, 1, without: 1));
        Assert.Equal(9, table.SquaredDistance(0, 1, without: 0));
        Assert.Equal([float.PositiveInfinity, 4, 4], table.SquaredRadii(1)[6..9]);
        Assert.Equal([-1], NearestNeighbours.Find(new PointSet([1f], 1), new PointSet([], 1), k: 4, excludeOwnUnit: false, threads: 1).Indices);
    }

    [Fact]
    public void A_ball_of_no_radius_holds_its_centre_alone()
    {
        PointSet queries = new([5, 6, 7], 1), references = new([5, 6, 7], 1);
        Assert.Equal([2u, 2u, 0u], NearestNeighbours.Covered(queries, references, [-1, 0, -1, -0f, -1, -1], threads: 1));
    }

    [Fact]
    public void Two_and_three_threads_find_what_one_does()
    {
        Assert.Equal(Digest(1), Digest(2));
        Assert.Equal(Digest(1), Digest(3));
    }

    [Theory]
    [MemberData(nameof(ChildProcess.LesserProcessors), MemberType = typeof(ChildProcess))]
    public void Lesser_processors_find_the_same(string setting)
    {
        string here = DigestHere(), there = ChildProcess.Run(DigestHere, setting);
        Assert.Equal(here.Split(' ')[0], there.Split(' ')[0]);
        // The setting did something, unless this processor has no AVX-512 to switch off.
        if (Vector512.IsHardwareAccelerated) Assert.NotEqual(here, there);
    }

    [Fact]
    public void Bad_points_and_radii_are_refused_by_name()
    {
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => new PointSet([0, float.NaN], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("Coordinate 8", Assert.Throws<ArgumentException>(() => new PointSet([.. new float[17], float.NegativeInfinity], 9)).Message, StringComparison.Ordinal);
        Assert.Contains("group 2", Assert.Throws<ArgumentException>(() => new PointSet([0f], 1, [0], [2], 2)).Message, StringComparison.Ordinal);
        Assert.Contains("3 coordinates", Assert.Throws<ArgumentException>(() => new PointSet([0, 1, 2], 2, [0], [0], 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointSet([0f], 1, [0], [0], 32));
        PointSet line = new([0, 1], 1), plane = new([0, 1], 2);
        Assert.Contains("dimensions", Assert.Throws<ArgumentException>(() => NearestNeighbours.Find(line, plane, 1, false, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighbours.Find(line, line, 0, false, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighbours.Find(line, line, 1, false, 0));
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => NearestNeighbours.Covered(line, line, [0, 0, float.NaN, 0], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("3 radii", Assert.Throws<ArgumentException>(() => NearestNeighbours.Covered(line, line, [0, 0, 0], 1)).Message, StringComparison.Ordinal);
    }

    private static void AssertIsDefinition(NeighbourTable table, int query, (float SquaredDistance, int Index)[] ranked, PointSet references)
    {
        for (int without = 0; without <= references.GroupCount; without++)
        {
            float[] left = [.. ranked.Where(r => references.Groups[r.Index] != without).Select(r => r.SquaredDistance)];
            for (int k = 1; k <= table.K; k++)
                Assert.Equal(k <= left.Length ? left[k - 1] : float.PositiveInfinity, table.SquaredDistance(query, k, without));
        }
        int[] found = table.Indices[(query * table.Depth)..((query + 1) * table.Depth)];
        Assert.Equal(ranked.Take(table.K).Select(r => r.Index), found.Where(i => i >= 0).Take(table.K));
        for (int i = 0; i < found.Length && found[i] >= 0; i++)
            Assert.Contains((table.SquaredDistances[(query * table.Depth) + i], found[i]), ranked);
    }

    /// <summary>None, zero, infinite, and the very distance of some query, so that the rim is tried; few or many, for a grid search gives up where many pairs are inside.</summary>
    private static float[] Radii(ref Rng rng, PointSet queries, PointSet references)
    {
        int replicates = references.GroupCount + 1, kinds = queries.Count % 2 == 0 ? 6 : 6 * replicates;
        float[] radii = new float[references.Count * replicates];
        for (int i = 0; i < radii.Length; i++)
        {
            radii[i] = rng.NextInt(kinds) switch
            {
                0 => rng.NextInt(10) == 0 ? float.PositiveInfinity : 0,
                1 => -0f,
                2 or 3 when queries.Count > 0 => PointSet.SquaredDistance(queries[rng.NextInt(queries.Count)], references[i / replicates]),
                _ => -1,
            };
        }
        return radii;
    }

    private static string DigestHere() =>
        string.Create(CultureInfo.InvariantCulture, $"{Digest(1)} {Vector128.IsHardwareAccelerated} {Vector256.IsHardwareAccelerated} {Vector512.IsHardwareAccelerated}");

    /// <summary>Hash of everything found among a few hundred points, in few and in many dimensions.</summary>
    private static string Digest(int threads)
    {
        var rng = new Rng(5);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int dimensions in (int[])[3, 33])
        {
            PointSet queries = PlainNeighbours.Points(ref rng, 0, 310, dimensions, 6), references = PlainNeighbours.Points(ref rng, 0, 291, dimensions, 7);
            NeighbourTable own = NearestNeighbours.Find(references, references, 4, excludeOwnUnit: true, threads);
            NeighbourTable other = NearestNeighbours.Find(queries, references, 2, excludeOwnUnit: false, threads);
            foreach (NeighbourTable table in (NeighbourTable[])[own, other])
            {
                hash.AppendData(MemoryMarshal.AsBytes(table.SquaredDistances.AsSpan()));
                hash.AppendData(MemoryMarshal.AsBytes(table.Indices.AsSpan()));
            }
            hash.AppendData(MemoryMarshal.AsBytes(NearestNeighbours.Covered(queries, references, own.SquaredRadii(4), threads).AsSpan()));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
