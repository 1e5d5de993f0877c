namespace Vestige.Language.Sketches;

/// <summary>Which pieces of a text are kept: those that would cost a model most.</summary>
internal static class PieceCosts
{
    // Pieces that compete with the one that stands there.
    private const int Width = 48;

    // Pieces on either side whose company counts, from the second on.
    private const int Near = 5;

    /// <summary>The chance of each piece by how frequent it is, whatever stands around it.</summary>
    internal static double[] ByFrequency(Trigrams model, IReadOnlyList<int> symbols) =>
        [.. symbols.Select(symbol => symbol == Vocabulary.Unknown ? 0 : model.One[symbol])];

    /// <summary>The chance of each piece between all others: p(piece, the two behind it | the two before it), over the sum of that for all that may stand there.</summary>
    internal static double[] BetweenOthers(Trigrams model, Company company, IReadOnlyList<int> symbols)
    {
        var proposals = new Proposals(model);
        double[] chances = new double[symbols.Count];
        int[] near = new int[2 * (Near - 1)];
        int At(int place) => place < 0 ? Vocabulary.Start : place < symbols.Count ? symbols[place] : Vocabulary.End;
        for (int i = 0; i < symbols.Count; i++)
        {
            // Nobody could say it.
            if (symbols[i] == Vocabulary.Unknown) continue;
            (int first, int second, int third, int fourth) = (At(i - 2), At(i - 1), At(i + 1), At(i + 2));
            for (int away = 2; away <= Near; away++) (near[2 * (away - 2)], near[(2 * (away - 2)) + 1]) = (At(i - away), At(i + away));
            double Chance(int symbol)
            {
                double chance = model.Three(first, second, symbol) * model.Three(second, symbol, third) * (third == Vocabulary.End ? 1 : model.Three(symbol, third, fourth));
                return chance * company.Weight(symbol, near);
            }

            double own = Chance(symbols[i]), all = own;
            foreach (int other in proposals.For(first, second, third, 1, Width)[0])
                if (other != symbols[i]) all += Chance(other);
            chances[i] = own / all;
        }
        return chances;
    }
}
