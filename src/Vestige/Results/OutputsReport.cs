namespace Vestige.Results;

/// <summary>What a folder or file of a generator's documents holds, before anything is measured of it.</summary>
/// <param name="Documents">Its documents.</param>
/// <param name="Empty">Those without a byte.</param>
/// <param name="Again">Of the others, those that are byte for byte the same as one before.</param>
/// <param name="Real">Real documents of the source of T, as many as those others where it has as many, drawn at random.</param>
/// <param name="RealAgain">Of these, those that are the same as one before.</param>
public sealed record OutputsReport(int Documents, int Empty, int Again, int Real, int RealAgain);
