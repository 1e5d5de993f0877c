using System.Globalization;
using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Audits.Rates;

/// <summary>Between what bounds the code lengths of real items lie, where a model tells no more (design section 9).</summary>
internal static class CodeBounds
{
    /// <summary>Adds the bounds of T's and H's first items to a row's bits: of those items alone, so that no sampling error is in them.</summary>
    internal static Bits Of<TItem>(
        string row, Bits bits, IBoundedDensity<TItem> density, Samples<TItem> samples, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var done = new Meter(progress, $"scoring {row}", new[] { samples.Training, samples.HeldOut }.Sum(parts => Math.Min(density.MostItems, Samples<TItem>.UnitsOf(parts))));
        Figure heldOut = Between(samples.HeldOut);
        return bits with { Rate = heldOut, RateIsIdeal = true, CodeLengthTraining = Between(samples.Training), CodeLengthHeldOut = heldOut };

        Figure Between(List<Part<TItem>> parts)
        {
            double low = 0, high = 0, size = 0;
            int left = density.MostItems;
            foreach (Part<TItem> part in parts)
            {
                if (left == 0) break;
                foreach (TItem item in part.Entry.Source.Read(part.Entry.Document).Take(Math.Min(part.Items, left)))
                {
                    cancel.ThrowIfCancellationRequested();
                    (double least, double most) = density.Log2Bounds(item);
                    (low, high, size) = (low - most, high - least, size + part.Entry.Source.SizeOf(item));
                    left--;
                    done.Add(1);
                }
            }
            (low, high) = (low / size, high / size);
            string unit = bits.Rate.Unit, items = $"of {density.MostItems - left} items; {density.WhyBounded}";
            return double.IsFinite(high)
                ? new Figure { Value = (low + high) / 2, Low = low, High = high, Unit = unit, Why = "bounds, " + items }
                : new Figure { Low = low, Unit = unit, Why = string.Create(CultureInfo.InvariantCulture, $"at least {low:0.000} {unit} {items}") };
        }
    }
}
