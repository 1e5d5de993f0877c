using System.Globalization;
using BenchmarkDotNet.Running;
using Vestige.Benchmarks;
using Vestige.Benchmarks.Peers;

switch (args)
{
    case ["neighbours", .. string[] rest]:
        NeighbourServer.Run(rest);
        break;
    case ["crops", var from, var to, var count, var size]:
        Crops.Write(from, to, int.Parse(count, CultureInfo.InvariantCulture), int.Parse(size, CultureInfo.InvariantCulture));
        break;
    case ["coding", var folder, var rounds, .. string[] compressors]:
        CodingBench.Run(folder, int.Parse(rounds, CultureInfo.InvariantCulture), compressors);
        break;
    case ["roundtrips", var count, .. string[] coders]:
        return RoundTrips.Run(int.Parse(count, CultureInfo.InvariantCulture), coders) ? 0 : 1;
    case ["ideal", var text, var model, var length]:
        RoundTrips.Ideal(text, model, int.Parse(length, CultureInfo.InvariantCulture));
        break;
    case ["paired", var original, var reconstruction, var rounds]:
        PairedBench.Run(original, reconstruction, int.Parse(rounds, CultureInfo.InvariantCulture));
        break;
    case ["paired-memory", var original, var reconstruction, var measure]:
        PairedBench.Memory(original, reconstruction, measure);
        break;
    case ["imagining", var folder, .. var qualities]:
        ImaginingFigures.Run(folder, [.. qualities.Select(int.Parse)]);
        break;
    case ["scores", var originals, var coded]:
        return PublishedScores.Print(originals, coded) ? 0 : 1;
    case ["substitution", var seeds]:
        SubstitutionFigures.Run(int.Parse(seeds, CultureInfo.InvariantCulture), 1, []);
        break;
    case ["substitution", var seeds, var first, .. string[] fonts]:
        SubstitutionFigures.Run(int.Parse(seeds, CultureInfo.InvariantCulture), ulong.Parse(first, CultureInfo.InvariantCulture), fonts);
        break;
    case ["substitution-photos", var folder]:
        SubstitutionFigures.RunPhotographs(folder);
        break;
    case ["likeness", .. string[] folders]:
        LikenessFigures.Run(folders);
        break;
    case ["read", var path, var field]:
        ReadBench.Run(path, field);
        break;
    case ["models", var p, var q, var text, var passages, var rounds]:
        ModelBench.Run(p, q, text, int.Parse(passages, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture));
        break;
    case ["atoms"]:
        AtomFigures.Run();
        break;
    case ["points", var folder, var deals, var view]:
        PointFigures.Run(folder, int.Parse(deals, CultureInfo.InvariantCulture), view);
        break;
    case ["peers", var folder, var deals, var view]:
        PeerFigures.Run(folder, int.Parse(deals, CultureInfo.InvariantCulture), view);
        break;
    case ["train-speed", var path, var threads, var steps]:
        TrainBench.Speed(path, int.Parse(threads, CultureInfo.InvariantCulture), int.Parse(steps, CultureInfo.InvariantCulture));
        break;
    case ["train-learn", var train, var threads, .. var rest]:
        TrainBench.Learn(train, int.Parse(threads, CultureInfo.InvariantCulture), rest);
        break;
    case ["facts", .. string[] specs]:
        WorldBench.Facts(specs);
        break;
    case ["suffixes", var path, var rounds]:
        TextBench.Suffixes(path, int.Parse(rounds, CultureInfo.InvariantCulture));
        break;
    case ["ngrams", var path, var order, var rounds]:
        TextBench.NGrams(path, int.Parse(order, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture));
        break;
    case ["gemm"]:
        GemmBench.Run();
        break;
    case ["generate", var count, var length]:
        TrainBench.Generate(int.Parse(count, CultureInfo.InvariantCulture), int.Parse(length, CultureInfo.InvariantCulture));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
return 0;
