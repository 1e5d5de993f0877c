using System.CommandLine;
using System.Globalization;
using Vestige.Audits.Documents;
using Vestige.Files;
using Vestige.Sources;

namespace Vestige.Cli.Options;

/// <summary>Options that several commands take.</summary>
internal static class CommonOptions
{
    private const double LeastMemory = 1e8, MostMemory = 1e15;

    internal static Option<ulong> Seed() => new("--seed") { Description = "Seed of everything random; the same seed gives the same figures.", DefaultValueFactory = _ => 1 };

    internal static Option<int> Threads()
    {
        Option<int> option = new("--threads") { Description = "Threads to use; no figure depends on it.", DefaultValueFactory = _ => Environment.ProcessorCount };
        return WithRange(option);
    }

    /// <summary>How much a sample holds.</summary>
    /// <param name="description">Of what.</param>
    /// <param name="least">At least.</param>
    /// <param name="initial">Without a word.</param>
    internal static Option<int> Units(string description, int least, int initial)
    {
        Option<int> option = new("--units") { Description = description, DefaultValueFactory = _ => initial };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value < least)
                result.AddError($"--units {value}: it takes a whole number from {least} up");
        });
        return option;
    }

    /// <summary>How many documents of a source are known at most.</summary>
    internal static Option<int> Documents()
    {
        Option<int> option = new("--documents")
        {
            Description = $"Of a source with more files or records so many are kept, drawn by what they hold, {ContentSample.Least} at least: memory grows with these.",
            HelpName = "N",
            DefaultValueFactory = _ => ContentSample.Usual,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value < ContentSample.Least)
                result.AddError($"--documents {value}: it takes a whole number from {ContentSample.Least} up");
        });
        return option;
    }

    internal static Option<long?> Reserve()
    {
        Option<long?> option = new("--reserve")
        {
            Description = $"At most so many images, or passages, held out as evidence of what is real beside the samples; {DealOptions.ReserveFactor} "
                + $"times --units without a word.",
            HelpName = "N",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && long.TryParse(result.Tokens[0].Value, out long value) && value < 1)
                result.AddError($"--reserve {value}: it takes a whole number from 1 up; H cannot be empty, since it is what tells the real from the made up");
        });
        return option;
    }

    /// <param name="description">What the view is for.</param>
    internal static Option<string?> View(string description) => new("--view") { Description = description, HelpName = "NAME" };

    internal static Option<string?> Scale() =>
        new("--scale") { Description = "Reduce images before everything else, as 1/2: hides what an earlier JPEG left behind.", HelpName = "1/N" };

    /// <param name="page">Where its fields are told.</param>
    internal static Option<string?> Json(string page) => new("--json") { Description = $"Also write the result as JSON ({page}) to this file.", HelpName = "FILE" };

    /// <summary>What all pictures that are open at once may take.</summary>
    internal static Option<MemoryBudget> Memory()
    {
        Option<MemoryBudget> option = new("--memory")
        {
            Description = "What pictures that are open at once may take, as 2GB or 500MB; half of the machine's, or of its control group's, unless "
                + "given. A larger picture is a row with its reason.",
            HelpName = "SIZE",
            DefaultValueFactory = _ => new MemoryBudget(MemoryBudget.Default),
        };
        option.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            (string Ending, double Bytes)[] units = [("GB", 1e9), ("MB", 1e6), ("GiB", 1L << 30), ("MiB", 1L << 20)];
            foreach ((string ending, double bytes) in units)
            {
                if (text.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
                    && double.TryParse(text[..^ending.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
                    && number * bytes is >= LeastMemory and <= MostMemory) return new MemoryBudget((long)(number * bytes));
            }
            result.AddError($"--memory {text}: it takes a number with MB, GB, MiB or GiB, from 100MB to 1000000GB: 2GB");
            return null;
        };
        return option;
    }

    /// <summary>A number of threads on which the result depends.</summary>
    internal static Option<int?> TrainingThreads() =>
        WithRange(new Option<int?>("--threads") { Description = "Threads to train with, part of what a run repeats with; all processors unless given.", HelpName = "N" });

    private static Option<T> WithRange<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int threads) && threads is < 1 or > 256)
                result.AddError($"--threads {threads}: it takes a whole number from 1 to 256");
        });
        return option;
    }
}
