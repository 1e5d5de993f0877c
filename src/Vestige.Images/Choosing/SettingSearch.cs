namespace Vestige.Images.Choosing;

/// <summary>Finds the cheapest step of a ladder that meets a target, with few trials.</summary>
/// <remarks>The ladder rises: a dearer step is a better one, but for noise. Between a step that falls short and one that meets the target the next is
/// where the straight line through both crosses it (regula falsi; an end that stays put counts half, as in the Illinois method). Where there is one side only the
/// search leaps on, twice as far as the slope says, by two thirds of what is left at the most; the last trial goes to the dear end. Where the curve jumps
/// between the last two steps, trials that are left go to those below: WebP's 84 may meet what 85 does not. Constants: tried on curves
/// score = c - k log2(1 + s(q)/6), s libjpeg's scale and k from 3 to 9, with noise: of 6,000 searches none ended more than 2.5 above the target.</remarks>
internal static class SettingSearch
{
    private const double Overshoot = 2;

    // So many steps' worth above the target, where the step below falls short, is a jump of the curve, not its slope.
    private const double Jump = 2;

    /// <summary>Trials of one search.</summary>
    internal const int MostTrials = 6;

    /// <summary>Searches.</summary>
    /// <param name="count">Steps of the ladder.</param>
    /// <param name="first">The first to try.</param>
    /// <param name="stride">Steps that one unit of excess is worth, about.</param>
    /// <param name="excess">How far above the target a step is; below 0 it falls short. Called for each step once at the most.</param>
    /// <returns>The cheapest step that was tried and met the target; null where none did.</returns>
    internal static int? Find(int count, int first, double stride, Func<int, double> excess)
    {
        int low = -1, high = count, next = Math.Clamp(first, 0, count - 1), run = 0;
        double below = double.NaN, above = double.NaN;
        (int Step, double Excess)? last = null;
        var tried = new HashSet<int>();
        for (int trial = 1; trial <= MostTrials; trial++)
        {
            int step = next;
            double found = excess(step);
            tried.Add(step);
            bool meets = found >= 0;
            // How many trials in a row found this side.
            run = last is { } before && before.Excess >= 0 == meets ? run + 1 : 1;
            if (meets) (high, above) = (step, found);
            else (low, below) = (step, found);
            if (high - low <= 1) break;
            if (low >= 0 && high < count)
            {
                double halved = 1 << (run - 1), b = meets ? below / halved : below, a = meets ? above : above / halved;
                double share = double.IsFinite(a) && double.IsFinite(b) && a > b ? -b / (a - b) : 0.5;
                next = Math.Clamp(low + (int)Math.Ceiling((high - low) * share), low + 1, high - 1);
            }
            else
            {
                int leap = Leap(found, Slope(stride, (step, found), last), run);
                next = meets ? Math.Max(high / 3, high - leap)
                    : trial == MostTrials - 1 ? count - 1
                    : Math.Min(low + Math.Max(1, (count - 1 - low) * 2 / 3), low + leap);
            }
            last = (step, found);
        }
        if (high < count && above * stride > Jump)
        {
            // Below what falls short; the first that was tried has its own bracket behind it.
            for (int step = low - 1; step >= 0 && tried.Count < MostTrials && tried.Add(step); step--)
                if (excess(step) >= 0) return step;
        }
        return high < count ? high : null;
    }

    /// <summary>Steps for a unit of excess: by the last two trials, where they tell, within a few times what was assumed.</summary>
    private static double Slope(double stride, (int Step, double Excess) now, (int Step, double Excess)? last)
    {
        if (last is not { } before) return stride;
        double slope = (before.Step - now.Step) / (before.Excess - now.Excess);
        return slope > 0 && double.IsFinite(slope) ? Math.Clamp(slope, stride / 4, stride * 8) : stride;
    }

    private static int Leap(double excess, double slope, int run)
    {
        const int far = 1000;
        double steps = Math.Ceiling(Math.Abs(excess) * slope * Overshoot * (1 << (run - 1)));
        return double.IsFinite(steps) ? (int)Math.Clamp(steps, 1, far) : far;
    }
}
