using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Training;

/// <summary>The learning rate over a run: it rises, holds, and falls, each in a straight line.</summary>
internal static class Schedule
{
    /// <summary>The learning rate.</summary>
    /// <param name="options">Peak, warm-up, cool-down and final rate.</param>
    /// <param name="share">Share of the run that is done, 0 to 1.</param>
    internal static double Rate(GptOptions options, double share)
    {
        double rise = options.WarmUp == 0 ? 1 : Math.Min(1, share / options.WarmUp);
        double fall = options.CoolDown == 0 ? 1 : 1 - ((1 - options.FinalRate) * Math.Clamp((share - 1 + options.CoolDown) / options.CoolDown, 0, 1));
        return options.LearningRate * Math.Min(rise, fall);
    }
}
