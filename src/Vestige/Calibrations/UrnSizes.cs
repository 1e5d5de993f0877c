namespace Vestige.Calibrations;

/// <summary>How large the four samples of an experiment on an urn are, in units.</summary>
/// <param name="Training">|T|.</param>
/// <param name="HeldOut">|H|.</param>
/// <param name="Floor">|A|.</param>
/// <param name="Generated">|G|.</param>
/// <param name="Copies">How often each unit stands in its source.</param>
/// <param name="Seeds">Runs.</param>
internal sealed record UrnSizes(int Training, int HeldOut, int Floor, int Generated, int Copies = 1, int Seeds = UrnSizes.MostSeeds)
{
    /// <summary>Runs that the design asks for.</summary>
    internal const int MostSeeds = 1000;

    /// <summary>Runs of what takes long.</summary>
    internal const int FewerSeeds = 300;

    /// <summary>All four of one size.</summary>
    internal static UrnSizes Equal(int units, int seeds = MostSeeds) => new(units, units, units, units, 1, seeds);

    /// <summary>What differs, in words; empty where nothing does.</summary>
    internal string Words
    {
        get
        {
            string words = "";
            void Add(string name, int size)
            {
                if (size > Training) words += $", {name} {(double)size / Training:0.##} times T";
                if (size < Training) words += $", T {(double)Training / size:0.##} times {name}";
            }

            Add("H", HeldOut);
            Add("G", Generated);
            if (Copies > 1) words += $", all {Copies} times";
            return words;
        }
    }
}
