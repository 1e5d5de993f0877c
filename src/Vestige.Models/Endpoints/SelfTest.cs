using System.Globalization;
using Vestige.Language;
using Vestige.Numerics;

namespace Vestige.Models.Endpoints;

/// <summary>Refuses probabilities that are not those of the text: servers have been known to tell those of something else and say nothing.</summary>
internal static class SelfTest
{
    /// <summary>Passages that are tried; of those scored token by token, fewer and their beginnings alone.</summary>
    internal const int Passages = 4, ByToken = 2, Characters = 96;

    // What batches and kernels of a server may change of the same prompt's bits.
    private const double Repeats = 0.01;

    /// <summary>Tries it: the same prompt costs the same again, and real text less than its words in random order.</summary>
    /// <returns>What is wrong, for the user; null for nothing.</returns>
    internal static string? Of(EndpointScorer scorer, Telling telling, IReadOnlyList<byte[]> texts, CancellationToken cancel)
    {
        double real = 0, again = 0, shuffled = 0, bytes = 0;
        var rng = Rng.For(1, "self-test");
        foreach (byte[] text in texts.Take(telling == Telling.Top ? ByToken : Passages))
        {
            byte[] part = telling == Telling.Top && text.Length > Characters ? text[..Characters] : text;
            byte[] nonsense = ShuffledWords.Of(new Passage(part, "", 0), ref rng).Bytes.ToArray();
            real += Bits(part, 0);
            again += telling == Telling.Top ? Bits(part[..Math.Min(8, part.Length)], 0) - Bits(part[..Math.Min(8, part.Length)], 1) : Bits(part, 1);
            shuffled += Bits(nonsense, 0);
            bytes += part.Length;
        }
        string of = string.Create(CultureInfo.InvariantCulture, $"{shuffled / bytes:0.000} bits/byte, and the text itself {real / bytes:0.000}");
        // Bounds are held against bounds.
        double apart = telling == Telling.Top ? Math.Abs(again) : Math.Abs(again - real);
        if (!(apart <= Repeats * Math.Max(real, 1)))
            return string.Create(CultureInfo.InvariantCulture, $"the self-test fails: the same prompts cost {apart / bytes:0.000} bits/byte more or less when asked again");
        return shuffled > real ? null : $"the self-test fails: words in random order cost {of}: what is told is not of the text that was given";

        double Bits(byte[] text, int round) => telling == Telling.Top
            ? -(scorer.Between(text, Characters, round, cancel)?.High ?? double.NaN)
            : -(scorer.Whole(text, telling == Telling.Echo, round, cancel) ?? double.NaN);
    }
}
