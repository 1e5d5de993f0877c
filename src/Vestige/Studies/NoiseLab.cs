using Vestige.Compressors;
using Vestige.Sources;
using Vestige.Worlds;

namespace Vestige.Studies;

/// <summary>How much of a T of noise a model holds: the entropy of T less its code length under the model (Morris et al. 2025).</summary>
/// <param name="noise">The world.</param>
/// <param name="training">T, as the cell is given it.</param>
/// <param name="heldOut">Fresh strings: of these a model can know nothing.</param>
public sealed class NoiseLab<TItem>(INoise<TItem> noise, Training<TItem> training, IReadOnlyList<Entry<TItem>> heldOut)
{
    // Fresh strings all cost about as much.
    private const int MostHeldOut = 256;

    /// <summary>Trains a compressor and measures what it holds.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CellOutcome Measure(ICompressor<TItem> compressor, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(compressor);
        return CellOutcome.Of(compressor, training, Measure, progress, cancel);
    }

    private CellOutcome Measure(IDensity<TItem> made)
    {
        // A string that T holds twice is one to remember.
        TItem[] told = [.. training.Documents.SelectMany(entry => entry.Source.Read(entry.Document)).Distinct()];
        double entropy = told.Length * noise.BitsOfItem, code = -made.Log2Probabilities(told).Sum();
        double fresh = -made.Log2Probabilities([.. heldOut.Take(MostHeldOut).SelectMany(entry => entry.Source.Read(entry.Document))]).Average();
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        Add("strings", told.Length);
        Add("bits-memorized", entropy - code);
        Add("share-memorized", (entropy - code) / entropy);
        Add("bits-a-parameter", (entropy - code) / made.Parameters);
        Add("bits-a-stored-bit", (entropy - code) / (8 * made.DescriptionBytes));
        Add("stored", made.DescriptionBytes);
        Add("training", code / told.Length);
        Add("held-out", fresh);
        return new CellOutcome(values);

        void Add(string name, double? value)
        {
            if (value is { } x && double.IsFinite(x)) values[name] = x;
        }
    }
}
