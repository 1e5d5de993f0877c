using System.Globalization;
using Vestige.Language.Coding;
using Vestige.Language.Learning;
using Vestige.Language.Sequential;
using Vestige.Specs;

namespace Vestige.Language.Ppm;

/// <summary><c>ppm:order=8,memory=256</c>.</summary>
internal sealed class PpmKind : LearnerKind
{
    internal override string Name => "ppm";

    internal override string Description => "prediction by partial matching with information inheritance (PPMd, variant H)";

    internal override IReadOnlyList<OptionSpec> Options { get; } =
    [
        OptionSpec.WholeNumber("order", PpmModel.LowestOrder, PpmModel.HighestOrder, 8, "bytes of the longest contexts") with { AlwaysShown = true },
        OptionSpec.WholeNumber("memory", 1, 2000, 256, "megabytes of contexts, beyond which no more are made"),
    ];

    internal override ILearner Make(IReadOnlyList<int> settings, long bytes) => new PpmModel(settings[0], (long)settings[1] << 20);

    internal override ITextReader Open(ILearner learnt) => new PpmReader((PpmModel)learnt);

    internal override string Summary(IReadOnlyList<int> settings) => string.Create(CultureInfo.InvariantCulture, $"PPM of order {settings[0]}");
}
