using Vestige.Numerics;

namespace Vestige.Language.Sketches;

/// <summary>Says what a sketch left out: all fillings of its gaps by proposed pieces, weighed by p(piece | the two before it), from the start of the text to its end.</summary>
/// <remarks>
/// The most probable filling is exact among the proposals (Viterbi 1967), and so is a draw: probabilities are summed forwards, pieces drawn backwards (Scott 2002). A gap
/// of unknown length is a row of columns from each of which the text may go on behind it. A state is a piece with the one before it. Sums are scaled by the largest term,
/// products and sums alone, so that every machine finds the same.
/// </remarks>
internal sealed class Lattice
{
    /// <summary>Pieces of the longest filling of a gap of unknown length.</summary>
    internal const int LongestFilling = 6;

    /// <summary>Proposals for a place of a gap: so many squared are the states, and cubed the steps.</summary>
    private const int Width = 12;

    // Two pieces that would be one word if they stood side by side: no text has them. Not 0, for there may be nothing else.
    private const double Torn = 1e-9;

    // Kept pieces on either side of a gap whose company counts.
    private const int Near = 4;

    private readonly Trigrams _model;
    private readonly List<Column> _columns = [];

    /// <summary>What may stand at a place of the text.</summary>
    /// <param name="Options">Symbols.</param>
    /// <param name="Before">Columns that may stand before it.</param>
    private sealed record Column(Known[] Options, int[] Before)
    {
        /// <summary>For each column before it p(option | option before), and what has been reached: options there times options here.</summary>
        internal double[][] Pairs { get; init; } = [];

        /// <summary>How many times as likely each option is by what is kept near by.</summary>
        internal double[]? Weights { get; init; }

        internal double[][] Reached { get; } = new double[Before.Length][];

        /// <summary>For each of them by which column and option before that it was reached best.</summary>
        internal int[][] From { get; } = new int[Before.Length][];
    }

    /// <param name="model">The model.</param>
    /// <param name="company">What keeps company with what.</param>
    /// <param name="vocabulary">The pieces.</param>
    /// <param name="places">What is known of each place of the text, in order; null in gaps.</param>
    /// <param name="exact">Whether each null is one place; else it is a gap of 1 to <see cref="LongestFilling"/>.</param>
    internal Lattice(Trigrams model, Company company, Vocabulary vocabulary, IReadOnlyList<Known?> places, bool exact)
    {
        _model = model;
        var proposals = new Proposals(model);
        Known start = vocabulary.Known[Vocabulary.Start], stop = vocabulary.Known[Vocabulary.End];
        Add([start], []);
        int[] ends = [Add([start], [0])];
        for (int from = 0, to; from < places.Count; from = to)
        {
            for (to = from; to < places.Count && places[to] is null; to++) { }
            if (to > from)
            {
                // A gap has something known before it, and that is the only column there.
                Known left = _columns[ends[0]].Options[0], right = to < places.Count ? places[to]!.Value : stop;
                int[] second = _columns[ends[0]].Before;
                int first = second.Length == 1 && _columns[second[0]].Options is [{ } only] ? only.Symbol : Vocabulary.Unknown;
                int[][] made = exact ? proposals.For(first, left.Symbol, right.Symbol, to - from, Width)
                    : proposals.ForAny(first, left.Symbol, right.Symbol, LongestFilling, Width);
                int[] near = [.. places.Take(from).Reverse().OfType<Known>().Take(Near).Concat(places.Skip(to).OfType<Known>().Take(Near)).Select(known => known.Symbol)];
                List<int> filled = [];
                foreach (int[] options in made)
                {
                    // Before what begins with a letter there must be something that does not end with one.
                    int[] all = right.Opens && model.Space >= 0 && !options.Contains(model.Space) ? [.. options[..^1], model.Space] : options;
                    double[] weights = [.. all.Select(option => company.Weight(option, near))];
                    filled.Add(Add([.. all.Select(option => vocabulary.Known[option])], filled.Count == 0 ? ends : [filled[^1]], weights));
                }
                ends = exact ? [filled[^1]] : [.. filled];
            }
            if (to < places.Count) ends = [Add([places[to++]!.Value], ends)];
        }
        Add([stop], ends);
    }

    /// <summary>The most probable filling; of equals the one whose last pieces were proposed first.</summary>
    /// <returns>The symbols of the text.</returns>
    internal int[] MostProbable()
    {
        Reach(sums: false);
        Column last = _columns[^1];
        (int before, int option) = Best(last);
        return Follow(before, option, (column, from, u, v) => Of(column.From[from][(u * column.Options.Length) + v]));
    }

    /// <summary>A filling drawn with its probability.</summary>
    internal int[] Draw(ref Rng rng)
    {
        Reach(sums: true);
        Column last = _columns[^1];
        List<(int Before, int Option, double Weight)> all = [];
        for (int b = 0; b < last.Before.Length; b++)
            for (int v = 0; v < last.Reached[b].Length; v++) all.Add((b, v, last.Reached[b][v]));
        (int before, int option, _) = all[At(all, rng.NextDouble())];
        Rng drawn = rng;
        int[] text = Follow(before, option, (column, from, u, v) =>
        {
            Column middle = _columns[column.Before[from]];
            all.Clear();
            for (int b = 0; b < middle.Before.Length; b++)
            {
                Column first = _columns[middle.Before[b]];
                for (int t = 0; t < first.Options.Length; t++)
                {
                    int row = _model.RowOf(first.Options[t].Symbol, middle.Options[u].Symbol);
                    all.Add((b, t, middle.Reached[b][(t * middle.Options.Length) + u] * Chance(row, column, from, u, v)));
                }
            }
            (int before, int option, _) = all[At(all, drawn.NextDouble())];
            return (before, option);
        });
        rng = drawn;
        return text;
    }

    private int Add(Known[] options, int[] before, double[]? weights = null)
    {
        _columns.Add(new Column(options, before)
        {
            Weights = weights,
            Pairs = [.. before.Select(b => _columns[b].Options.SelectMany(piece => options.Select(next => Pair(piece, next))).ToArray())],
        });
        return _columns.Count - 1;
    }

    private double Pair(Known piece, Known next) => _model.Two(piece.Symbol, next.Symbol) * (piece.Closes && next.Opens ? Torn : 1);

    private double Chance(int row, Column column, int from, int before, int option) =>
        _model.Three(row, column.Options[option].Symbol, column.Pairs[from][(before * column.Options.Length) + option]) * (column.Weights?[option] ?? 1);

    /// <summary>Sums, or the largest of, the chances of all ways to each state.</summary>
    private void Reach(bool sums)
    {
        _columns[1].Reached[0] = [1];
        for (int c = 2; c < _columns.Count; c++)
        {
            Column column = _columns[c];
            int count = column.Options.Length;
            for (int from = 0; from < column.Before.Length; from++)
            {
                Column middle = _columns[column.Before[from]];
                double[] reached = column.Reached[from] = new double[middle.Options.Length * count];
                int[] ways = column.From[from] = new int[reached.Length];
                for (int b = 0; b < middle.Before.Length; b++)
                {
                    Known[] first = _columns[middle.Before[b]].Options;
                    for (int t = 0; t < first.Length; t++)
                    {
                        for (int u = 0; u < middle.Options.Length; u++)
                        {
                            double before = middle.Reached[b][(t * middle.Options.Length) + u];
                            if (before == 0) continue;
                            int row = _model.RowOf(first[t].Symbol, middle.Options[u].Symbol);
                            for (int v = 0; v < count; v++)
                            {
                                double chance = before * Chance(row, column, from, u, v);
                                int at = (u * count) + v;
                                if (sums)
                                {
                                    reached[at] += chance;
                                }
                                else if (chance > reached[at])
                                {
                                    reached[at] = chance;
                                    ways[at] = (b * Width) + t;
                                }
                            }
                        }
                    }
                }
            }
            Scale(c);
        }
    }

    // All that is reached where the text may have come as far as one place, so that what they are to one another stays: a gap's columns are scaled with what leaves it.
    private void Scale(int c)
    {
        Column column = _columns[c];
        bool isInGap = column.Before.Length == 1 && column.Options.Length > 1;
        if (isInGap) return;
        double largest = column.Reached.Max(reached => reached.Max());
        foreach (double[] reached in column.Reached)
            for (int i = 0; i < reached.Length; i++) reached[i] /= largest;
    }

    private static (int Before, int Option) Best(Column last)
    {
        (int before, int option, double most) = (0, 0, -1);
        for (int b = 0; b < last.Before.Length; b++)
        {
            for (int v = 0; v < last.Reached[b].Length; v++)
                if (last.Reached[b][v] > most) (before, option, most) = (b, v, last.Reached[b][v]);
        }
        return (before, option);
    }

    private static (int Before, int Option) Of(int way) => (way / Width, way % Width);

    /// <summary>Goes back from the end: each step says by which column and option a state was reached.</summary>
    private int[] Follow(int before, int option, Func<Column, int, int, int, (int Before, int Option)> step)
    {
        List<int> text = [];
        Column column = _columns[^1];
        int at = 0;
        while (true)
        {
            Column middle = _columns[column.Before[before]];
            if (middle.Options[option].Symbol == Vocabulary.Start) break;
            text.Add(middle.Options[option].Symbol);
            (int next, int nextOption) = step(column, before, option, at);
            (column, at, before, option) = (middle, option, next, nextOption);
        }
        text.Reverse();
        return [.. text];
    }

    private static int At(List<(int Before, int Option, double Weight)> all, double place)
    {
        double sum = 0;
        foreach ((_, _, double weight) in all) sum += weight;
        place *= sum;
        int last = 0;
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Weight == 0) continue;
            last = i;
            place -= all[i].Weight;
            if (place < 0) break;
        }
        return last;
    }
}
