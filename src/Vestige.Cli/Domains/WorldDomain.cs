using Vestige.Audits;
using Vestige.Cli.Faults;
using Vestige.Compressors;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Worlds;

namespace Vestige.Cli.Domains;

/// <summary>Draws of a world, whose truth is known.</summary>
internal static class WorldDomain
{
    internal static Domain<TItem> Of<TItem>(World<TItem> world) => new("world:" + world.Name)
    {
        SizeUnit = world.Open(world.Name, 0).Medium.SizeUnit,
        SourcePrefix = "world:" + world.Name,
        Compressors = world.Compressors,
        Views = world.Views(world.Open(world.Name, 0)),
        ViewsOf = world.Views,
        Parrot = new Parrot<TItem>(world.StoredBytes, Clock.Seconds),
        Exhibitor = world.Exhibitor,
        Shuffle = world.Shuffle,
        Version = () => $"vestige {Audit.ThisVersion}",
        Open = (request, _, _) =>
        {
            if (request.Scale is not null) throw new UsageException($"--scale {request.Scale}: only images can be reduced");
            request.RefuseText("a world");
            if (request.MostDocuments != ContentSample.Usual)
                throw new UsageException($"--documents {request.MostDocuments}: a world has no files to draw from; leave it out");
            if (!request.Path.StartsWith("world:", StringComparison.Ordinal))
                throw new UsageException($"{request.Path}: what is held against a world is drawn from it or made of it, not read from files; name a folder as the source too");
            try
            {
                return world.Open(request.Path["world:".Length..], request.Seed);
            }
            catch (SpecException e)
            {
                throw new UsageException(e.Message.TrimEnd('.'));
            }
        },
        Notices = _ => [],
    };
}
