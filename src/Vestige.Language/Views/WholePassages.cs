namespace Vestige.Language.Views;

/// <summary>A passage as one atom: a hash of all its bytes.</summary>
/// <param name="plural">What its passages are called, and the view with them.</param>
/// <param name="element">One of them.</param>
internal sealed class WholePassages(string plural = "passages", string element = "whole passage") : IGramView
{
    public string Name => plural;

    public string Description => "whole " + plural;

    public string Element => element;

    public bool Splits => true;

    public void Atoms(Passage item, HashSet<ulong> into) => into.Add(GramHash.Of(item.Span));

    public void Grams(Passage item, List<Gram> into) => into.Add(new Gram(0, item.Length, GramHash.Of(item.Span)));
}
