namespace Vestige.Language.Worlds;

/// <summary>The words of <c>world:facts</c>.</summary>
/// <remarks>P stands for a person, V for a value. No sentence can be read in two ways: a test compares all of them.</remarks>
internal static class FactsGrammar
{
    /// <summary>A relation: how it is said, and what may be said.</summary>
    internal sealed record Relation(IReadOnlyList<string> Phrasings, IReadOnlyList<string> Values);

    /// <summary>First names.</summary>
    internal static readonly string[] Given =
    [
        "Ada", "Ben", "Cleo", "Dov", "Eva", "Finn", "Gia", "Hal", "Ida", "Jon", "Kim", "Leo",
        "Mia", "Ned", "Ona", "Pia", "Rex", "Sue", "Tom", "Una", "Vic", "Wes", "Yan", "Zoe",
    ];

    /// <summary>Starts of family names.</summary>
    internal static readonly string[] Starts = ["Bar", "Cor", "Dal", "Fen", "Gal", "Hol", "Kel", "Lam"];

    /// <summary>Their ends.</summary>
    internal static readonly string[] Ends = ["ber", "den", "lin", "mar", "ton"];

    /// <summary>The relations.</summary>
    internal static readonly Relation[] Relations =
    [
        new(["P was born in V.", "V is where P was born.", "The birthplace of P is V.", "P comes from V.", "P grew up in V.",
            "V is the home town of P.", "P is a native of V.", "P was a child in V."],
            ["Arles", "Basel", "Cadiz", "Delft", "Evora", "Genoa", "Jena", "Lyon", "Malmo", "Nice", "Oslo", "Padua", "Riga", "Siena", "Turin", "Vaasa"]),
        new(["P works as a V.", "P is a V.", "By trade P is a V.", "P earns a living as a V.", "The job of P is V.", "P trained as a V.",
            "As a V, P is well known.", "Ask P, who is a V."],
            ["baker", "clerk", "diver", "farmer", "guard", "hatter", "joiner", "lawyer", "mason", "nurse", "pilot", "roofer", "sailor", "tailor", "vet", "weaver"]),
        new(["P plays the V.", "P owns a V and plays it.", "The instrument of P is the V.", "P is learning the V.", "P practises the V.",
            "The V is played by P.", "P is good on the V.", "On the V, P is a master."],
            ["banjo", "cello", "drum", "flute", "gong", "harp", "kazoo", "lute", "organ", "piano", "rebec", "sitar", "tuba", "viola", "whistle", "zither"]),
        new(["P keeps a V.", "P has a pet V.", "The pet of P is a V.", "P feeds a V.", "A V lives with P.", "P walks a V.", "The V belongs to P.", "At home P has a V."],
            ["bat", "cat", "dog", "ferret", "goat", "hen", "jay", "koi", "llama", "mouse", "newt", "parrot", "rabbit", "snake", "toad", "wolf"]),
        new(["P studied V.", "P has a degree in V.", "P reads books on V.", "At college P took V.", "The subject of P was V.",
            "P knows all about V.", "P gave a talk on V.", "V was what P studied."],
            ["algebra", "botany", "chess", "drama", "ethics", "film", "glass", "history", "Latin", "music", "optics", "physics", "rhetoric", "silk", "trade", "zoology"]),
        new(["P likes to eat V.", "P cooks V.", "The dish of P is V.", "P orders V.", "For supper P has V.", "P cannot do without V.", "V is what P eats.", "P has V for lunch."],
            ["beans", "crab", "dumplings", "eggs", "figs", "grits", "ham", "jam", "kale", "lamb", "melon", "noodles", "okra", "pie", "rice", "soup"]),
        new(["P wears V.", "P is dressed in V.", "The colour of P is V.", "P paints the door V.", "P prefers V.", "The coat of P is V.", "P is the one in V.", "P has a V car."],
            ["amber", "black", "coral", "denim", "ebony", "fawn", "green", "ivory", "jade", "khaki", "lilac", "mauve", "navy", "ochre", "pink", "red"]),
        new(["P was married in V.", "V is when P was married.", "The wedding of P was in V.", "P said yes in V.", "P wed in V.",
            "In V, P was married.", "It was V when P wed.", "P has a V wedding day."],
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "spring", "summer", "autumn", "winter"]),
    ];
}
