using System.Text;
using Vestige.Numerics;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli;

/// <summary>Folders of small texts that the tests make: sentences of words drawn by Zipf's law, so that there is something to learn.</summary>
internal sealed class Texts : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>A folder of texts of about 4 kB each, none a whole number of passages.</summary>
    internal string Write(string folder, int count, ulong seed)
    {
        for (int i = 0; i < count; i++) Add($"{folder}/{i:d3}.txt", Encoding.ASCII.GetBytes(Text(seed + ((ulong)i << 32))));
        return Beside(folder);
    }

    /// <summary>A path in the folder of the test.</summary>
    internal string Beside(string name) => Path.Combine(_folder.Path, name);

    internal string Add(string name, byte[] content) => _folder.Write(name, content);

    public void Dispose() => _folder.Dispose();

    private static string Text(ulong seed)
    {
        var rng = new Rng(seed);
        var text = new StringBuilder();
        while (text.Length < 4100)
        {
            int words = 4 + rng.NextInt(8);
            for (int w = 0; w < words; w++) text.Append(Word((int)Math.Exp(rng.NextDouble() * Math.Log(300)))).Append(w == words - 1 ? ". " : " ");
        }
        return text.ToString();
    }

    private static string Word(int rank)
    {
        var rng = new Rng((ulong)rank);
        return string.Concat(Enumerable.Range(0, 1 + rng.NextInt(4)).Select(_ => "tksmnrlv"[rng.NextInt(8)].ToString() + "aeiou"[rng.NextInt(5)]));
    }
}
