using Vestige.Language.Coding;
using Vestige.Language.Sequential;

namespace Vestige.Language.ContextMixing;

/// <summary>Reads by a context mixer, which learns what it reads; a new text begins with what was learnt before the first.</summary>
/// <remarks>Behind a short text changes are taken back; a long one has changed so much that all is copied again.</remarks>
internal sealed class MixerReader : ITextReader, ILearner
{
    private const int LearntAtOnce = 1024;

    private readonly ContextMixer _learnt, _mixer;
    private bool _isNoted = true;

    internal MixerReader(ContextMixer learnt)
    {
        _learnt = learnt;
        _mixer = learnt.Copy();
        _mixer.Restart();
        _mixer.BeginNotes();
    }

    public bool TakesByBits => true;

    public void Restart()
    {
        if (_isNoted)
        {
            _mixer.TakeBack();
            return;
        }
        _mixer.Become(_learnt);
        _mixer.Restart();
        _mixer.BeginNotes();
        _isNoted = true;
    }

    public void Predict(Span<double> into) => _mixer.Distribute(into);

    public void Read(byte symbol) => Take(symbol);

    public double Take(byte symbol)
    {
        double probability = _mixer.Take(symbol);
        _isNoted &= _mixer.KeepNotes();
        return probability;
    }

    public byte Draw(double place)
    {
        byte symbol = _mixer.Draw(place);
        _isNoted &= _mixer.KeepNotes();
        return symbol;
    }

    public void Learn<TSteps>(Span<byte> bytes, TSteps steps)
        where TSteps : ISteps
    {
        for (int at = 0; at < bytes.Length; at += LearntAtOnce)
        {
            _mixer.Learn(bytes.Slice(at, Math.Min(LearntAtOnce, bytes.Length - at)), steps);
            _isNoted &= _mixer.KeepNotes();
        }
    }
}
