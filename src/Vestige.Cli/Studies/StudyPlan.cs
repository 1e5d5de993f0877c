using System.Globalization;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Language;
using Vestige.Specs;
using Vestige.Studies;

namespace Vestige.Cli.Studies;

/// <summary>A cell at one budget: what is made, and of what.</summary>
/// <param name="Budget">By number.</param>
/// <param name="Cell">By number.</param>
/// <param name="Spec">The compressor.</param>
/// <param name="Ingredients">What becomes of T.</param>
/// <param name="Times">How often each document is given, where the compressor has no steps to take more of.</param>
internal sealed record StudyCell(int Budget, int Cell, Spec Spec, Ingredients Ingredients, int Times)
{
    /// <summary>As tables have it: the compressor, and what is unusual about its T.</summary>
    internal string Name => Spec.Name + string.Concat(new[]
    {
        Ingredients.Data < 1 ? FormattableString.Invariant($" data={Ingredients.Data:0.####}") : "",
        Ingredients.Repeat > 1 ? $" repeat={Ingredients.Repeat}" : "",
        Ingredients.Copies > 0 ? FormattableString.Invariant($" copies={Ingredients.Copies:0.####}") : "",
        Ingredients.PhrasingsTold is { } told ? $" phrasings-told={told}" : "",
    });
}

/// <summary>A study whose words have been understood: nothing has been read or run.</summary>
internal sealed record StudyPlan(StudyOptions Options, Domain Domain, StudyDesign Design, IReadOnlyList<string> Budgets, IReadOnlyList<StudyCell> Cells)
{
    /// <summary>The factor whose levels are compressors: any but options of one of them.</summary>
    internal const string CompressorFactor = "compressor";

    // How q is drawn from needs no training of its own.
    private static readonly HashSet<string> s_drawing = [.. SamplingOptions.Specs.Select(spec => spec.Name)];

    /// <exception cref="UsageException">Something in the command line is wrong.</exception>
    internal static StudyPlan Of(StudyOptions options)
    {
        Domain domain = CompressorChoice.DomainOf(options.Source, [options.Compressor], options.Reading.Extensions.Count > 0);
        IReadOnlyList<Spec> specs = CompressorChoice.Parse(domain, [options.Compressor]);
        if (specs.Count == 0) throw new UsageException($"{options.Compressor} stands in every table and has no ingredients; name a compressor that is made here");
        if (specs.Count != 1) throw new UsageException($"{options.Compressor} stands for {specs.Count} compressors; a study varies one: write the range as --vary KEY=A..B/STEP");
        Spec spec = specs[0];
        if (spec.Row == SamplesRow.Row) throw new UsageException("samples: what somebody else drew cannot be varied; name a compressor that is made here");
        if (options.View is { } view && domain.ViewFault(view) is { } fault) throw new UsageException($"--view {view}: {fault}");
        try
        {
            Factor[] factors = [.. options.Vary.Select(text => Read(text, spec, domain))];
            var design = StudyDesign.Of(factors, options.Design, options.Cells);
            string[] budgets = options.At.Count == 0 ? [""] : [.. options.At.Select(at => Canonical(at, spec, factors))];
            var cells = new List<StudyCell>();
            for (int budget = 0; budget < budgets.Length; budget++)
                for (int cell = 0; cell < design.Cells.Count; cell++) cells.Add(Cell(spec, domain, design, budgets[budget], budget, cell));
            return new StudyPlan(options, domain, design, budgets, cells);
        }
        catch (SpecException e)
        {
            throw new UsageException(e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Cells that share one training, or one T where nothing is trained: what is run together.</summary>
    internal static string GroupOf(StudyCell cell)
    {
        string t = string.Create(CultureInfo.InvariantCulture, $"{cell.Budget} {cell.Ingredients} {cell.Times}");
        bool trained = cell.Spec.Row.Options.Any(option => s_drawing.Contains(option.Name));
        return trained ? $"{t} {s_drawing.Where(name => cell.Spec.Row.Options.Any(o => o.Name == name)).Aggregate(cell.Spec, Plain).Identity}" : t;

        static Spec Plain(Spec spec, string option) => spec.With(option, spec.Row.Options.First(o => o.Name == option).Default);
    }

    private static Factor Read(string text, Spec spec, Domain domain)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || equals == text.Length - 1) throw new UsageException($"--vary {text}: write KEY=LEVEL,LEVEL: {Examples(spec)}");
        (string name, string[] parts) = (text[..equals], text[(equals + 1)..].Split(','));
        if (Ingredients.Has(name)) return new Factor(name, [.. parts.Select(part => Ingredients.Canonical(name, part))]);
        if (name == CompressorFactor)
        {
            foreach (string part in parts)
                if (!domain.Rows.Any(row => row.Name == part && row.PathLabel is null))
                    throw new UsageException($"--vary {text}: there is no compressor \"{part}\" of {domain.Name} that is made by its name alone");
            return new Factor(name, parts);
        }
        string[] known = [.. spec.Row.Options.Where(o => !o.Hidden).Select(o => o.Name), .. Ingredients.Specs.Select(s => s.Name), CompressorFactor];
        OptionSpec option = spec.Row.Options.FirstOrDefault(o => o.Name == name)
            ?? throw new UsageException($"--vary {name}: {spec.Row.Name} has no option \"{name}\", and there is no such ingredient."
                + $"{Suggestion.For(name, known)} There are: {string.Join(", ", known)}");
        if (spec.Given.Any(given => given.Option == name)) throw new UsageException($"--vary {name}: {name} stands in {spec.Name} too; leave it out there");
        return new Factor(name, [.. parts.SelectMany(part => option.Parse(part, Factor.MostLevels))]);
    }

    private static string Canonical(string at, Spec spec, Factor[] factors)
    {
        string[] parts = at.Split('=', 2);
        if (parts.Length != 2) throw new UsageException($"--at {at}: write OPTION=VALUE: --at steps=300,steps=1000");
        if (factors.Any(factor => factor.Name == parts[0])) throw new UsageException($"--at {at}: {parts[0]} is varied too; it is the one or the other");
        spec.With(parts[0], parts[1]);
        return at;
    }

    private static StudyCell Cell(Spec of, Domain domain, StudyDesign design, string budget, int number, int cell)
    {
        (Spec spec, var ingredients) = (of, new Ingredients());
        string Level(int factor) => design.Factors[factor].Levels[design.Cells[cell][factor]];
        int other = design.Factors.ToList().FindIndex(factor => factor.Name == CompressorFactor);
        if (other >= 0)
        {
            Spec named = Spec.Parse(Level(other), [.. domain.Rows])[0];
            spec = of.Given.Aggregate(named, (made, given) => made.With(given.Option, given.Value));
        }
        if (budget.Length > 0) spec = With(spec, budget.Split('=', 2));
        for (int f = 0; f < design.Factors.Count; f++)
        {
            if (f == other) continue;
            if (Ingredients.Has(design.Factors[f].Name)) ingredients = ingredients.With(design.Factors[f].Name, Level(f));
            else spec = spec.With(design.Factors[f].Name, Level(f));
        }
        if (ingredients.Repeat == 1) return new StudyCell(number, cell, spec, ingredients, 1);
        if (spec.Row.Options.All(option => option.Name != "steps")) return new StudyCell(number, cell, spec, ingredients, ingredients.Repeat);
        if (spec.Given.Any(given => given.Option == "minutes")) throw new SpecException("repeat counts steps, and minutes= leaves their number to the clock: give steps= instead");
        return new StudyCell(number, cell, spec.With("steps", ((long)spec.WholeNumber("steps") * ingredients.Repeat).ToString(CultureInfo.InvariantCulture)), ingredients, 1);
    }

    private static Spec With(Spec spec, string[] parts) => spec.With(parts[0], parts[1]);

    private static string Examples(Spec spec) =>
        spec.Row.Options.Any(option => option.Name == "dropout") ? "--vary dropout=0,0.1 --vary data=1/4,1"
            : $"--vary {(spec.Row.Options.Count > 0 ? spec.Row.Options[0].Name : "data")}=A,B";
}
