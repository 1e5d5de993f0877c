namespace Vestige.Language.Transformer.Parameters;

/// <summary>The symbols a model reads and writes.</summary>
internal static class Alphabet
{
    /// <summary>Symbols it writes: the 256 bytes, in their own order.</summary>
    internal const int Bytes = 256;

    /// <summary>
    /// Read only: nothing is known here. It opens every window, so that a passage has a probability from its first byte on, and
    /// stands for hidden bytes where the input is masked.
    /// </summary>
    internal const short Unknown = 256;

    /// <summary>Symbols it reads.</summary>
    internal const int Symbols = 257;

    /// <summary>As a target: nothing to predict here, the window is longer than its document.</summary>
    internal const short None = -1;
}
