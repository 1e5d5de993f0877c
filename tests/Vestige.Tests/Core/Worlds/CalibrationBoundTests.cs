using Vestige.Worlds;
using Vestige.Worlds.Exact;

namespace Vestige.Tests.Core.Worlds;

public sealed class CalibrationBoundTests
{
    // Three facts of two values each, the first of which is true.
    private static readonly Statement[] s_statements = [.. Enumerable.Range(0, 6).Select(i => new Statement(i / 2, i % 2 == 0))];

    [Fact]
    public void By_hand()
    {
        // T of ten: fact 0 eight times, facts 1 and 2 once. q says the first rightly, of the second each value alike, and garbles .2.
        double[] q = [0.5, 0, 0.15, 0.15, 0, 0];
        var bound = CalibrationBound.Of(s_statements, q, [0.7, 0.2, 0.1], [8, 1, 1]);
        Assert.Equal(0.2, bound.Once, 1e-12);
        Assert.Equal(Math.Sqrt(2 * 0.8) / 10, bound.OnceError, 1e-12);
        Assert.Equal(0, bound.Unseen);
        // Bins: {.5}: p .7, q .5; {.15, .15}: p .2, q .3; {0, 0, 0}: p .1, q 0; garbled: p 0, q .2. Half of .2 + .1 + .1 + .2.
        Assert.Equal(0.3, bound.Miscalibration, 1e-12);
        Assert.Equal(-0.1, bound.Bound, 1e-12);
    }

    [Fact]
    public void A_model_that_is_sure_of_what_it_saw_and_guesses_the_rest_is_calibrated_and_hallucinates_what_T_states_once()
    {
        // Fact 2 is never stated: the guess of a value is right one time in two, and in one bin with its like there is no miscalibration.
        double[] q = [0.7, 0, 0.2, 0, 0.05, 0.05];
        var bound = CalibrationBound.OfItems(s_statements, q, [0.7, 0.2, 0.1], [0, 1, 2], [0, 0, 0, 0, 0, 0, 0, 1, 1]);
        Assert.Equal((0.0, 0.1), (bound.Once, Math.Round(bound.Unseen, 12)));
        Assert.Equal(0, bound.Miscalibration, 1e-12);
    }
}
