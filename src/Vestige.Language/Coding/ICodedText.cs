namespace Vestige.Language.Coding;

/// <summary>A text model whose probabilities are the same to the bit on every machine, so that files can be coded by them.</summary>
internal interface ICodedText
{
    /// <summary>Texts that it reads faster beside each other than one after the other; 1 where that is no difference.</summary>
    int Lanes => 1;

    /// <summary>How many calls of <see cref="Code"/> at once fit into memory.</summary>
    int MostAtOnce => Environment.ProcessorCount;

    /// <summary>Codes texts, each from its start, as the model is (however it is drawn from).</summary>
    /// <param name="texts">The texts; where steps are decoded, receives them.</param>
    /// <param name="steps">Receives or gives the steps.</param>
    /// <param name="coded">Told now and then how many more bytes are done.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="InvalidDataException">The model gives what is no probability, or a file holds less than it says.</exception>
    void Code<TSteps>(IReadOnlyList<Memory<byte>> texts, TSteps steps, Action<int>? coded, CancellationToken cancel)
        where TSteps : ISteps;
}
