using Vestige.Images.Worlds;
using Vestige.Language.Worlds;
using Vestige.Worlds.Numbers;

namespace Vestige.Cli.Domains;

/// <summary>The kinds of items that this program knows.</summary>
internal static class DomainRegistry
{
    /// <summary>What options of reading text are for.</summary>
    internal static Domain Text { get; } = TextDomain.Create();

    internal static IReadOnlyList<Domain> All { get; } =
    [
        ImageDomain.Create(),
        Text,
        WorldDomain.Of(PictureWorlds.Sprites),
        WorldDomain.Of(TextWorlds.Facts),
        WorldDomain.Of(TextWorlds.Noise),
        WorldDomain.Of(NumberWorlds.Urn),
        WorldDomain.Of(NumberWorlds.Mixture),
    ];
}
