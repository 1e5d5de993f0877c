using Vestige.Worlds.Exact;
using Vestige.Worlds.Oracles;

namespace Vestige.Worlds.Mixtures;

/// <summary>The exact ledger of an oracle on a mixture, over all T.</summary>
/// <remarks>The modes are the resolution: a mode is lost if q never produces a point of it. Within a mode the densities of p and of base(p)
/// are the same, so every divergence of the two is one of mode weights; memorized points are atoms, of which p has none.</remarks>
internal sealed class MixtureLedger
{
    private readonly double[] _p;
    private readonly double[] _q;
    private readonly OracleOptions _options;
    private readonly int _modes;

    /// <summary>The ledger of <paramref name="oracle"/>.</summary>
    public MixtureLedger(MixtureOracle oracle)
    {
        _options = oracle.Options;
        _modes = oracle.Mixture.Options.Modes;
        _q = [.. oracle.ModeMasses, _options.Memorize];
        _p = new double[_q.Length];
        for (int m = 0; m < _modes; m++)
        {
            _p[m] = oracle.Mixture.Weights[m];
            if (_q[m] == 0 && _options.Memorize == 0) Lost += _p[m];
        }
    }

    /// <summary>Mass of p in modes that q never produces.</summary>
    public double Lost { get; }

    /// <summary>Mass of q on copies of T; also the copying excess (E3).</summary>
    public double Memorized => _options.Memorize;

    /// <summary>Mass of q that is drawn from modes of p.</summary>
    public double Generalized => _options.Base;

    /// <summary>Mass of q outside the modes of p; with the two above adds up to 1.</summary>
    public double Hallucinated => _options.Invent;

    /// <summary><c>E_t(p||q)</c>, copies being atoms apart from all modes.</summary>
    public double HockeyStickPq(double t) => Divergences.HockeyStick(_p, _q, t);

    /// <summary><c>E_t(q||p)</c>, copies being atoms apart from all modes.</summary>
    public double HockeyStickQp(double t) => Divergences.HockeyStick(_q, _p, t);
}
