using System.Globalization;
using Vestige.Audits.Documents;
using Vestige.Exhibits;
using Vestige.Results;
using Vestige.Worlds;

namespace Vestige.Audits.Exact;

/// <summary>What a codec makes of a world's items, to look at: those that come back as another, and those that come back as none.</summary>
internal static class ExactExhibits
{
    /// <summary>Items of each kind, the most probable first.</summary>
    private const int Items = 6;

    internal static IEnumerable<Exhibit> Of<TItem>(IWorld<TItem> world, AuditedRow<TItem> row, int[] images, Exhibition<TItem> exhibition)
    {
        bool IsAnother(int x) => images[x] != x && (images[x] >= 0 || world.Falsehoods[~images[x]].WellFormed);
        int[] another = [.. Enumerable.Range(0, images.Length).Where(IsAnother)];
        int[] none = [.. Enumerable.Range(0, images.Length).Where(x => images[x] != x && !IsAnother(x))];
        string name = row.Name, things = world.Medium.Items;
        string Mass(int[] numbers) => string.Create(CultureInfo.InvariantCulture, $"{100 * numbers.Sum(x => world.Probabilities[x]):0.#} %");
        if (another.Length > 0)
            yield return Shown("another", another,
                $"{things} that {name} turns into others ({Mass(another)} of all). From the left: the original, what came back, what that is taken for where the world has it.");
        if (none.Length > 0)
            yield return Shown("off", none, $"{things} that {name} turns into what is like none of the world ({Mass(none)} of all). From the left: the original, what came back.");

        Exhibit Shown(string kind, int[] numbers, string caption)
        {
            List<List<TItem>> rows = [.. numbers.OrderByDescending(x => world.Probabilities[x]).ThenBy(x => x).Take(Items).Select(x =>
            {
                List<TItem> shown = [world.Item(x), row.Codec!.Code(world.Item(x)).Reconstruction];
                if (images[x] >= 0) shown.Add(world.Item(images[x]));
                return shown;
            })];
            return new Exhibit(name, kind, char.ToUpperInvariant(caption[0]) + caption[1..], [exhibition.Add(name, kind, "tiles", exhibition.Exhibitor.Mosaic(rows))]);
        }
    }
}
