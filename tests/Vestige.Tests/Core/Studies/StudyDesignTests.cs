using Vestige.Specs;
using Vestige.Studies;

namespace Vestige.Tests.Core.Studies;

public sealed class StudyDesignTests
{
    [Theory]
    [InlineData(5, 4, 5)]
    [InlineData(6, 5, 5)]
    [InlineData(8, 6, 5)]
    [InlineData(4, 3, 4)]
    [InlineData(8, 4, 4)]
    [InlineData(8, 5, 4)]
    [InlineData(16, 5, 4)]
    [InlineData(24, 6, 4)]
    public void A_fraction_has_its_resolution(int factors, int basic, int resolution)
    {
        int[] columns = Fraction.Columns(factors, basic, resolution)!;
        Assert.Equal(factors, columns.Distinct().Count());
        // No product of fewer factors than its resolution is constant.
        Assert.DoesNotContain(0, Products(columns, resolution - 1));
    }

    [Fact]
    public void What_does_not_fit_is_not_promised()
    {
        Assert.Null(Fraction.Columns(9, 4, 4));
        Assert.Null(Fraction.Columns(6, 4, 5));
    }

    [Fact]
    public void Few_combinations_are_all_run_and_many_in_part()
    {
        var few = StudyDesign.Of(Two(4), DesignKind.Auto);
        Assert.Null(few.Resolution);
        Assert.Equal(16, few.Cells.Select(cell => string.Join(',', cell)).Distinct().Count());
        var many = StudyDesign.Of(Two(8), DesignKind.Auto);
        Assert.Equal((32, 4), (many.Cells.Count, many.Resolution));
        Assert.Equal("32 of 256 combinations, resolution IV", many.Summary);
        // A level is as often with each level of another factor.
        for (int a = 0; a < 8; a++)
            for (int b = 0; b < a; b++) Assert.All(many.Cells.GroupBy(cell => (cell[a], cell[b])), group => Assert.Equal(8, group.Count()));
    }

    [Fact]
    public void Factors_of_more_levels_are_crossed_with_the_fraction()
    {
        var design = StudyDesign.Of([new Factor("q", ["10", "50", "90"]), .. Two(5)], DesignKind.Fraction, 48);
        Assert.Equal((48, 5), (design.Cells.Count, design.Resolution));
        Assert.Contains(design.Terms, term => term is { Name: "q curve", Kind: TermKind.Curvature });
    }

    [Fact]
    public void Terms_that_cannot_be_told_apart_say_so()
    {
        var design = StudyDesign.Of(Two(4), DesignKind.Fraction, 8);
        StudyTerm[] interactions = [.. design.Terms.Where(term => term.Kind == TermKind.Interaction)];
        Assert.Equal(3, interactions.Length);
        Assert.All(interactions, term => Assert.Equal(2, term.Factors.Count));
    }

    [Theory]
    [InlineData("is given twice", "a", "a")]
    [InlineData("has one level", "a;x")]
    [InlineData("30 factors", "30")]
    public void Impossible_designs_are_refused_with_what_is_possible(string says, params string[] names)
    {
        Factor[] factors = names[0] == "30" ? Two(30)
            : [.. names.Select(name => new Factor(name.Split(';')[0], name.EndsWith(";x", StringComparison.Ordinal) ? ["1"] : ["1", "2"]))];
        Assert.Contains(says, Assert.Throws<SpecException>(() => StudyDesign.Of(factors, DesignKind.Auto)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_cells_name_how_many_would_do()
    {
        SpecException error = Assert.Throws<SpecException>(() => StudyDesign.Of(Two(12), DesignKind.Fraction, 16));
        Assert.Contains("--cells 32", error.Message, StringComparison.Ordinal);
        Assert.Equal(32, StudyDesign.Of(Two(12), DesignKind.Fraction, 32).Cells.Count);
    }

    internal static Factor[] Two(int count) => [.. Enumerable.Range(0, count).Select(i => new Factor($"f{i}", ["0", "1"]))];

    private static IEnumerable<int> Products(int[] columns, int most, int from = 0, int product = 0)
    {
        for (int i = from; i < columns.Length; i++)
        {
            yield return product ^ columns[i];
            if (most > 1) foreach (int deeper in Products(columns, most - 1, i + 1, product ^ columns[i])) yield return deeper;
        }
    }
}
