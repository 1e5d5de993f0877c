namespace Vestige.Language.Coding;

/// <summary>A model that learns a text as it reads it, in whole numbers, and can code it while it does.</summary>
internal interface ILearner
{
    /// <summary>Starts another text: nothing stands before it, but what was learnt stays.</summary>
    void Restart();

    /// <summary>Codes the next bytes, and learns them.</summary>
    /// <param name="bytes">The bytes; where steps are decoded, receives them.</param>
    /// <param name="steps">Receives or gives the steps.</param>
    void Learn<TSteps>(Span<byte> bytes, TSteps steps)
        where TSteps : ISteps;
}
