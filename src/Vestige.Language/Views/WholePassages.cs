namespace Vestige.Language.Views;

/// <summary>A passage as one atom: a hash of all its bytes.</summary>
internal sealed class WholePassages : IGramView
{
    public string Name => "passages";

    public string Description => "whole passages";

    public string Thing => "whole passage";

    public bool Splits => true;

    public void Atoms(Passage item, HashSet<ulong> into) => into.Add(GramHash.Of(item.Span));

    public void Grams(Passage item, List<Gram> into) => into.Add(new Gram(0, item.Length, GramHash.Of(item.Span)));
}
