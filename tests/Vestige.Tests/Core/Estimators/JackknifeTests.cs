using Vestige.Figures;

namespace Vestige.Tests.Core.Estimators;

public sealed class JackknifeTests
{
    [Fact]
    public void For_a_mean_with_one_value_a_group_it_is_the_textbook_variance()
    {
        double[] x = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
        double sum = x.Sum(), mean = sum / x.Length;
        double[] replicates = [.. x.Select(v => (sum - v) / (x.Length - 1))];
        double expected = x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1) / x.Length;
        Assert.Equal(expected, Jackknife.Variance(replicates), 1e-12);
    }

    [Fact]
    public void One_sample_of_25_groups_uses_24_degrees_of_freedom()
    {
        Spread spread = Jackknife.Combine([4.0], [25])!.Value;
        Assert.Equal(2, spread.Error, 1e-12);
        // Table value of Student's t: 0.975 quantile at 24 degrees of freedom.
        Assert.Equal(2 * 2.0639, spread.HalfWidth, 1e-3);
    }

    [Fact]
    public void Equal_variances_add_degrees_of_freedom() =>
        // Satterthwaite: (1+1)^2 / (2/24) = 48 degrees, table value 2.0106.
        Assert.Equal(Math.Sqrt(2) * 2.0106, Jackknife.Combine([1, 1], [25, 25])!.Value.HalfWidth, 1e-3);

    [Fact]
    public void Too_few_documents_give_no_interval() => Assert.Null(Jackknife.Combine([1, 1], [25, 7]));

    [Fact]
    public void Variances_that_are_not_numbers_give_no_interval() => Assert.Null(Jackknife.Combine([1, double.NaN], [25, 25]));

    [Fact]
    public void Variances_whose_squares_no_double_holds_have_their_degrees_of_freedom() =>
        Assert.Equal(Math.Sqrt(2e-250) * 2.0106, Jackknife.Combine([1e-250, 1e-250], [25, 25])!.Value.HalfWidth, 1e-128);
}
