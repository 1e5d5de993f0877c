using Vestige.Expressions;
using Vestige.Figures;

namespace Vestige.Tests.Core.Choices;

public sealed class OperandTests
{
    [Theory]
    [InlineData(-.02, -.04, 3, "ssimulacra2 0.0 [0.0 3.0]")]
    [InlineData(-.06, -2, 3, "ssimulacra2 -0.1 [-2.0 3.0]")]
    public void Nothing_has_no_sign(double value, double low, double high, string words) =>
        Assert.Equal(words, new Operand("ssimulacra2", "score", (_, _) => throw new InvalidOperationException()).Show(
            new Figure { Value = value, Low = low, High = high, Unit = "score" }));
}
