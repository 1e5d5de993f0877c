using System.Globalization;
using Vestige.Numerics;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Studies;

/// <summary>What a compressor is given, as a study varies it: the ingredients that are no option of the compressor.</summary>
public sealed record Ingredients
{
    private const decimal LeastShare = 0.0001m;

    private static readonly OptionSpec[] s_specs =
    [
        OptionSpec.Number("data", LeastShare, 1, 1, "share of T's documents that it is given, as .25 or 1/4"),
        OptionSpec.WholeNumber("repeat", 1, 1000, 1, "times as often as otherwise that it reads T: so many times the steps, or each document so many times where there are none"),
        OptionSpec.Number("copies", 0, 1, 0, "share of T's documents that stand in it once more"),
        OptionSpec.WholeNumber("phrasings-told", 1, 1000, 1000, "in how many of its phrasings T states a fact, in worlds that have several"),
    ];

    /// <summary>Their names, ranges and meanings.</summary>
    public static IReadOnlyList<OptionSpec> Specs => s_specs;

    /// <summary>Share of T's documents, (0, 1].</summary>
    public double Data { get; init; } = 1;

    /// <summary>Times that T is read; what does so is the compressor's, see <see cref="Specs"/>.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>Share of T's documents that stand in it once more, 0 to 1.</summary>
    public double Copies { get; init; }

    /// <summary>Phrasings in which a fact is told; null for all.</summary>
    public int? PhrasingsTold { get; init; }

    /// <summary>Whether this is an ingredient.</summary>
    public static bool Has(string name) => s_specs.Any(spec => spec.Name == name);

    /// <summary>The level as it is written canonically.</summary>
    /// <exception cref="SpecException">It is no level of this ingredient; the message says what is allowed.</exception>
    public static string Canonical(string name, string level)
    {
        ArgumentNullException.ThrowIfNull(level);
        OptionSpec spec = s_specs.First(s => s.Name == name);
        string[] parts = level.Split('/');
        if (spec.Kind == OptionKind.Number && parts.Length == 2 && decimal.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out decimal part)
            && decimal.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out decimal whole) && whole > 0)
        {
            spec.Parse((part / whole).ToString(CultureInfo.InvariantCulture), 1);
            return level;
        }
        return spec.Parse(level, 1)[0];
    }

    /// <summary>The same with one of them at a level that <see cref="Canonical"/> took.</summary>
    public Ingredients With(string name, string level)
    {
        double value = Number(level);
        return name switch
        {
            "data" => this with { Data = value },
            "repeat" => this with { Repeat = (int)value },
            "copies" => this with { Copies = value },
            "phrasings-told" => this with { PhrasingsTold = (int)value },
            _ => throw new ArgumentException($"There is no ingredient {name}.", nameof(name)),
        };
    }

    /// <summary>T as a compressor is given it.</summary>
    /// <param name="training">The documents in the random order in which they were dealt: a smaller share is the start of a larger one.</param>
    /// <param name="seed">Which documents stand twice.</param>
    /// <param name="times">How often each is given.</param>
    public IReadOnlyList<Entry<TItem>> Of<TItem>(IReadOnlyList<Entry<TItem>> training, ulong seed, int times)
    {
        ArgumentNullException.ThrowIfNull(training);
        IReadOnlyList<Entry<TItem>> once = Kept(training);
        int[] order = [.. Enumerable.Range(0, once.Count)];
        Rng.For(seed, "copies").Shuffle<int>(order);
        Entry<TItem>[] all = [.. once, .. order.Take((int)Math.Round(Copies * once.Count)).Select(i => once[i])];
        return times == 1 ? all : [.. Enumerable.Repeat(all, times).SelectMany(documents => documents)];
    }

    /// <summary>The documents of T that it is given at all.</summary>
    public IReadOnlyList<Entry<TItem>> Kept<TItem>(IReadOnlyList<Entry<TItem>> training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (Data >= 1) return training;
        // By units, as T itself was dealt.
        double room = Data * training.Sum(entry => (double)entry.Info.Units);
        double taken = 0;
        return [.. training.TakeWhile(entry => (taken += entry.Info.Units) - entry.Info.Units < room)];
    }

    private static double Number(string level)
    {
        string[] parts = level.Split('/');
        double first = double.Parse(parts[0], CultureInfo.InvariantCulture);
        return parts.Length == 1 ? first : first / double.Parse(parts[1], CultureInfo.InvariantCulture);
    }
}
