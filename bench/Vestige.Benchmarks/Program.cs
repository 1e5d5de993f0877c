using BenchmarkDotNet.Running;
using Vestige.Benchmarks;

switch (args)
{
    case ["neighbours", .. string[] rest]:
        NeighbourServer.Run(rest);
        break;
    case ["atoms"]:
        AtomFigures.Run();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
