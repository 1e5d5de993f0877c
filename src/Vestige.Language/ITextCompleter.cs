namespace Vestige.Language;

/// <summary>A model that can go on from where a text stops.</summary>
public interface ITextCompleter
{
    /// <summary>Texts of T, and of H, whose beginnings it may be given by an audit: where going on is dear, few; 0 where it cannot.</summary>
    int MostContinued => int.MaxValue;

    /// <summary>Whether it only talks: what it is given is what a user says, and what it gives back an answer to that, no continuation.</summary>
    bool Answers => false;

    /// <summary>The most probable continuations, byte by byte; the lowest of equally probable bytes. Where it <see cref="Answers"/>, its answers at temperature 0.</summary>
    /// <param name="prefixes">What is to be continued; may be empty.</param>
    /// <param name="length">Bytes to add to each.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The continuations, without the prefixes.</returns>
    byte[][] Complete(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress, CancellationToken cancel);
}
