using BenchmarkDotNet.Running;
using Vestige.Benchmarks;

if (args is ["neighbours", .. var rest]) NeighbourServer.Run(rest);
else BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
