using Vestige.Language.Sequential;

namespace Vestige.Language.NGrams;

/// <summary>Reads a passage by an n-gram model.</summary>
internal sealed class NGramReader(NGramModel model) : ITextReader
{
    private readonly int[] _suffixes = new int[model.Order];
    private NGramContext _context;

    public void Restart() => _context = new NGramContext(model, _suffixes);

    public void Predict(Span<double> into) => _context.Distribution(into);

    public void Read(byte symbol) => _context.Pass(symbol);

    public double Take(byte symbol) => _context.Take(symbol);
}
