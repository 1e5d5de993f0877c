using Vestige.Worlds;

namespace Vestige.Studies;

/// <summary>What a <see cref="WorldLab{TItem}"/> measures.</summary>
public static class WorldResponses
{
    /// <summary>What is measured of noise.</summary>
    public static IReadOnlyList<Response> OfNoise { get; } =
    [
        new("bits-memorized", "bits"), new("share-memorized", "share"), new("bits-a-parameter", "bits"), new("bits-a-stored-bit", "bits"), new("strings", "strings"),
        new("held-out", "bits/string"), new("training", "bits/string"), new("stored", "bytes") { Better = -1 },
    ];

    /// <summary>What is measured in a world.</summary>
    public static IReadOnlyList<Response> Of<TItem>(IWorld<TItem> world)
    {
        ArgumentNullException.ThrowIfNull(world);
        List<Response> all =
        [
            new("generalized", "share") { Better = 1 }, new("hallucinated", "share") { Better = -1 }, new("memorized", "share") { Better = -1 },
            new("lost", "share") { Better = -1 }, new("in-t", "share"),
        ];
        if (world.Facts is not null) all.AddRange([new("inferable", "share") { Better = 1 }, new("lucky", "share")]);
        all.AddRange(world.Falsehoods.Select(kind => new Response(kind.Name, "share") { Better = -1 }));
        string bits = "bits/" + world.Medium.Item;
        all.AddRange([new("held-out", bits) { Better = -1 }, new("training", bits), new("gap", bits), new("stored", "bytes") { Better = -1 }]);
        if (world.Statements is null) return all;
        all.AddRange([new("once", "share"), new("unseen", "share"), new("miscalibration", "share"), new("bound", "share")]);
        foreach (string kind in new[] { "new", "wrong", "about" }) all.AddRange(StatementCounts.Names.Select(name => new Response($"{kind}@{name}", "share")));
        return all;
    }
}
