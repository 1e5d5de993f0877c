using System.Globalization;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Shares;

/// <summary>What compressors no longer give, and what they give that is not real. Rows of which the same is to be said share a sentence.</summary>
internal static class LostAndMadeUp
{
    /// <summary>Above this share of what could be lost nothing is said of it.</summary>
    private const double MuchToLose = 0.5;

    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        // Of a world the exact ledger speaks, and of what changes nothing there is nothing to say.
        Row[] rows = [.. Rung.Families(result.Rows.Where(row => row is { Named: true, Exact: null, IsLossless: false } && row.Ledgers.Count > 0)).SelectMany(family => family)];
        foreach (var alike in rows.GroupBy(row => (Lost: LostBy(row), MadeUp: MadeUpBy(row), row.IsCodec, Family: FamilyOf(row))))
        {
            var rung = new Rung([.. alike]);
            if (Sentence(rung, alike.Key.Lost, alike.Key.MadeUp, result) is var (id, text)) yield return new Finding(id, rung.Row, text);
        }
    }

    private static Figure Lost(Row row) => row.Ledgers[0].Lost;

    private static Figure MadeUp(Row row) => row.Ledgers[0].Hallucinated;

    /// <summary>Not "no more" where another view of atoms shows that it is more.</summary>
    private static Reading LostBy(Row row) => Unless(Readings.OfLost(row.Ledgers[0]), Beside.Seen(row, Beside.LostOf));

    private static Reading MadeUpBy(Row row) => Unless(Readings.Of(MadeUp(row)), Beside.Seen(row, Beside.MadeUpOf));

    private static Reading Unless(Reading reading, Ledger? seen) => reading == Reading.None && seen is not null ? Reading.Untold : reading;

    /// <summary>Where nothing is clear one sentence speaks of all families.</summary>
    private static string? FamilyOf(Row row) => LostBy(row) == Reading.Clear || MadeUpBy(row) == Reading.Clear ? row.Family : null;

    private static (string Id, string Text)? Sentence(Rung rung, Reading lost, Reading madeUp, AuditResult result)
    {
        string items = result.Source.Items, things = Words.Elements(rung.Rows[0].Ledgers[0]), fresh = rung.Rows[0].IsCodec ? "coding without loss" : $"fresh real {items}";
        string size = Words.Count(result.Source.Usable, result.Source.Document ?? "document", (result.Source.Document ?? "document") + "s");
        // Why a figure is missing stands in a finding of its own.
        if (lost == Reading.Unmeasured && madeUp == Reading.Unmeasured) return null;
        if (lost == Reading.None && madeUp == Reading.None)
        {
            return ("faithful", $"{rung.Name} {rung.Verb("lose", "loses")} and {rung.Verb("make", "makes")} up no more {things} than {fresh}: lost is "
                + $"under {MostLost(rung)}, hallucinated under {MostMadeUp(rung)}.");
        }
        if (lost != Reading.Clear && madeUp != Reading.Clear)
        {
            string?[] verbs = [lost == Reading.Untold ? rung.Verb("lose", "loses") : null, madeUp == Reading.Untold ? rung.Verb("make up", "makes up") : null];
            string?[] open = [lost == Reading.Untold ? $"lost {rung.Shares(Lost)}{Held(rung)}" : null, madeUp == Reading.Untold ? $"hallucinated {rung.Shares(MadeUp)}" : null];
            // Of two figures of which one has no value the other is all there is to say.
            if (verbs.All(verb => verb is null))
            {
                (string verb, string limit) = lost == Reading.None ? (rung.Verb("lose", "loses"), MostLost(rung)) : (rung.Verb("make up", "makes up"), MostMadeUp(rung));
                return ("faithful", $"{rung.Name} {verb} no more {things} than {fresh} (under {limit}).");
            }
            string rest = lost == Reading.None ? $"; lost is under {MostLost(rung)}" : madeUp == Reading.None ? $"; hallucinated is under {MostMadeUp(rung)}" : "";
            return ("untold", $"Whether {rung.Name} {string.Join(" or ", verbs.OfType<string>())} more {things} than {fresh} cannot be told with "
                + $"{size} ({string.Join(", ", open.OfType<string>())}){rest}.");
        }
        string first = lost switch
        {
            Reading.Clear => $"{rung.Verb("lose", "loses")} {rung.Shares(Lost)} of the {things} of unseen {items}{Held(rung)}",
            Reading.None => $"{rung.Verb("lose", "loses")} no more {things} than {fresh} (under {MostLost(rung)})",
            Reading.Untold => $"may or may not lose {things} (lost {rung.Shares(Lost)}{Held(rung)})",
            _ => "",
        };
        string it = rung.Verb("they give", "it gives");
        string second = madeUp switch
        {
            Reading.Clear => $"{rung.Shares(MadeUp)} of what {it} {rung.Verb("are", "is")} {MadeUpWords(rung, result)}",
            Reading.None => $"{rung.Verb("make", "makes")} up no more than {fresh} (under {MostMadeUp(rung)})",
            Reading.Untold => $"may or may not make any up (hallucinated {rung.Shares(MadeUp)})",
            _ => "",
        };
        if (first == "") return ("hallucinated", $"{Words.Capital(second).Replace(it, rung.Name + rung.Verb(" give", " gives"), StringComparison.Ordinal)}.");
        return (lost == Reading.Clear ? "lost" : "hallucinated", $"{rung.Name} {first}{(second == "" ? "" : ", and " + second)}.");
    }

    /// <summary>Which reals it is beyond.</summary>
    private static string MadeUpWords(Rung rung, AuditResult result)
    {
        Ledger ledger = rung.Rows[0].Ledgers[0];
        string items = result.Source.Items, kept = string.Create(CultureInfo.InvariantCulture, $"{ledger.Sizes.HeldOut} {items}");
        if (ledger.InTraining is null)
            return $"farther from every one of the {kept} kept back than {(rung.Rows[0].IsCodec ? "the originals are" : "fresh ones are")}";
        string most = rung.IsOne && ledger.AtMost?.Value is { } limit ? $" (at most {Words.Share(limit)}, whatever it favours)" : "";
        return rung.Rows[0].IsCodec ? $"not what this source gives{most}" : $"not of this source{most}";
    }

    /// <summary>", where fresh ones hold .03": a small share is much where there is hardly more to lose.</summary>
    private static string Held(Rung rung) => Readings.ToLose(rung.Rows[0].Ledgers[0]) is < MuchToLose and var most
        ? $", where fresh ones hold {(most < 0.005 ? "under .01" : Words.Share(most))}" : "";

    private static string MostLost(Rung rung) => Readings.ToLose(rung.Rows[0].Ledgers[0]) is < MuchToLose and var most
        ? $"{Limit(rung, row => row.Ledgers[0].Lost with { High = row.Ledgers[0].Lost.High / most })} of what those hold" : Limit(rung, Lost);

    /// <summary>Of points only what lies farther out than what is real is seen. (A codec's output is held against its own originals.)</summary>
    private static string MostMadeUp(Rung rung) => Limit(rung, MadeUp)
        + (rung.Rows[0] is { IsCodec: false } row && row.Ledgers[0].InTraining is null ? ", of what lies farther out than real ones do" : "");

    private static string Limit(Rung rung, Func<Row, Figure> of)
    {
        // Rounded up: what is said is then so.
        double most = Math.Max(0, rung.Rows.Max(row => of(row).High!.Value));
        return Words.Share(Math.Ceiling((100 * most) - 1e-9) / 100 is var limit && limit > 0 ? limit : 0.01);
    }
}
