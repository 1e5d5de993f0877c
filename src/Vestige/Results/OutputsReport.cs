namespace Vestige.Results;

/// <summary>What a folder or file of a generator's documents holds, before anything is measured of it.</summary>
/// <param name="Documents">Its documents.</param>
/// <param name="Empty">Those without a byte.</param>
/// <param name="Again">Of the others, those that are byte for byte the same as one before.</param>
/// <param name="Real">Real documents of the source of T, as many as those others where it has as many, drawn at random.</param>
/// <param name="RealAgain">Of these, those that are the same as one before.</param>
public sealed record OutputsReport(int Documents, int Empty, int Again, int Real, int RealAgain);

/// <summary>What came of asking a generator for texts.</summary>
/// <param name="Asked">Requests for a text that were answered; what is asked for again with another seed counts again.</param>
/// <param name="Without">Those that were answered without a text.</param>
/// <param name="First">Why the first of them has none, in the generator's word; null where all have a text, empty where it says nothing.</param>
public sealed record AnswerReport(int Asked, int Without, string? First);
