using Vestige.Language.Coding;
using Vestige.Language.Learning;
using Vestige.Language.Sequential;
using Vestige.Specs;

namespace Vestige.Language.ContextMixing;

/// <summary><c>cm</c>.</summary>
internal sealed class MixerKind : LearnerKind
{
    // Each reader has a model of its own, since it goes on learning in its passage.
    private const long MostMemory = 1L << 30;

    internal override string Name => "cm";

    internal override string Description => "context mixing: contexts of 2 to 6 bytes, words with the one or both before, matches; goes on learning in each passage";

    internal override int Version => 3;

    internal override IReadOnlyList<OptionSpec> Options { get; } = [];

    internal override ILearner Make(IReadOnlyList<int> settings, long bytes) => new ContextMixer(bytes);

    internal override ITextReader Open(ILearner learnt) => new MixerReader((ContextMixer)learnt);

    internal override int MostReaders(ILearner learnt) => (int)Math.Clamp(MostMemory / ((ContextMixer)learnt).Memory, 1, Environment.ProcessorCount);

    internal override string Summary(IReadOnlyList<int> settings) => "a context mixer";
}
