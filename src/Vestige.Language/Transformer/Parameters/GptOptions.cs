namespace Vestige.Language.Transformer.Parameters;

/// <summary>How the residual stream is normalized before each branch.</summary>
internal enum Normalization
{
    /// <summary>Mean and variance (Ba et al. 2016).</summary>
    Layer,

    /// <summary>Root mean square only (Zhang, Sennrich 2019).</summary>
    Rms,
}

/// <summary>How the model knows where a byte stands.</summary>
internal enum Positions
{
    /// <summary>A learned vector for each position, added to the embedding.</summary>
    Learned,

    /// <summary>Queries and keys rotated by their position (Su et al. 2021).</summary>
    Rotary,
}

/// <summary>The nonlinearity of the feed-forward branch.</summary>
internal enum Activation
{
    /// <summary>x Φ(x), in the tanh form (Hendrycks, Gimpel 2016).</summary>
    Gelu,

    /// <summary>max(0, x)² (So et al. 2021).</summary>
    Relu2,

    /// <summary>Gated: x sigmoid(x) times a second projection (Shazeer 2020).</summary>
    SwiGlu,
}

/// <summary>How weights follow gradients.</summary>
internal enum OptimizerKind
{
    /// <summary>Adam with decoupled weight decay (Loshchilov, Hutter 2019).</summary>
    AdamW,

    /// <summary>Orthogonalized momentum for the matrices of the blocks (Jordan et al. 2024), AdamW for the rest.</summary>
    Muon,
}

/// <summary>Everything that decides what a Transformer is and how it is trained. The same options, text and number of threads give the same weights.</summary>
/// <remarks><c>docs/models.md</c> says how the defaults were chosen.</remarks>
internal sealed record GptOptions
{
    /// <summary>Parameters of the largest model.</summary>
    internal const int MostParameters = 500_000_000;

    /// <summary>Blocks, 1 to 64.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Width C of the residual stream, a multiple of 16 times <see cref="Heads"/>.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Bytes T of a window, 8 to 4096.</summary>
    public int Context { get; init; } = 256;

    public Normalization Normalization { get; init; } = Normalization.Rms;

    public Positions Positions { get; init; } = Positions.Rotary;

    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>Queries and keys of unit root mean square, with a learned temperature for each head (Henry et al. 2020).</summary>
    public bool QkNorm { get; init; }

    /// <summary>The output layer shares the weights of the input embedding (Press, Wolf 2017).</summary>
    public bool Tied { get; init; } = true;

    /// <summary>Linear and normalization layers have an additive term.</summary>
    public bool Bias { get; init; }

    /// <summary>Adds hashed embeddings of the last 2 .. this many bytes to the input; 0 for none, else 2 to 8.</summary>
    public int Ngram { get; init; }

    /// <summary>Rows of each hashed table.</summary>
    public int NgramRows { get; init; } = 4096;

    /// <summary>Share of the embedding and of each branch that is dropped while training, [0, 1).</summary>
    public double Dropout { get; init; }

    /// <summary>Share of the input bytes that are hidden while training, [0, 1).</summary>
    public double Mask { get; init; }

    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Muon;

    /// <summary>Peak learning rate.</summary>
    public double LearningRate { get; init; } = DefaultRate(OptimizerKind.Muon);

    /// <summary>Decoupled weight decay of all matrices: each step takes the share learning rate x decay.</summary>
    public double Decay { get; init; } = 0.1;

    /// <summary>Windows in a step.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Steps to train for; ignored where <see cref="Minutes"/> is given.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>Minutes to train for, or null: the schedule then follows the clock, and the run does not repeat exactly.</summary>
    public double? Minutes { get; init; }

    /// <summary>Share of the run, at its start, over which the learning rate rises from 0, [0, 1].</summary>
    public double WarmUp { get; init; } = 0.02;

    /// <summary>Share of the run, at its end, over which the learning rate falls, [0, 1].</summary>
    public double CoolDown { get; init; } = 0.5;

    /// <summary>Share of the peak learning rate that is left at the end, [0, 1].</summary>
    public double FinalRate { get; init; } = 0.05;

    /// <summary>Greatest norm of a step's gradient; a longer one is scaled down. 0: never.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>Seed of the initial weights, of the order of the windows, of dropout and masking.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Parts that a batch is cut into, each with a gradient of its own: one for each thread. Part of what a run repeats with.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>How often the validation slice is scored, evenly over the run; 0: never, and nothing is kept back for it.</summary>
    public int Evaluations { get; init; } = 20;

    /// <summary>Evaluations in a row without a new best after which training stops; 0: it never stops early. The best weights are kept either way.</summary>
    public int Patience { get; init; } = 5;

    /// <summary>The peak learning rate unless the user says otherwise: Muon bears a higher one.</summary>
    internal static double DefaultRate(OptimizerKind optimizer) => optimizer == OptimizerKind.Muon ? 0.01 : 0.003;

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentException">One is out of its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        Check(Enum.IsDefined(Normalization), "norm", (int)Normalization, "rms or layer");
        Check(Enum.IsDefined(Positions), "positions", (int)Positions, "rotary or learned");
        Check(Enum.IsDefined(Activation), "activation", (int)Activation, "gelu, relu2 or swiglu");
        Check(Enum.IsDefined(Optimizer), "optimizer", (int)Optimizer, "muon or adamw");
        foreach ((Specs.OptionSpec option, Func<GptOptions, double> value) in TransformerOptions.Numbers)
            Check(option.Allows(value(this)), option.Name, value(this), $"{option.Minimum} to {option.Maximum}");
        if (Width % (16 * Heads) != 0)
        {
            throw new ArgumentException(
                $"heads={Heads} and width={Width} do not fit: width must be a multiple of 16 x heads, such as {Math.Max(1, Width / (16 * Heads)) * 16 * Heads}.");
        }
        Check(Parameters <= MostParameters, "parameters", Parameters, $"at most {MostParameters}; take fewer layers, a smaller width or fewer ngram_rows");
        Check(Ngram == 0 || Ngram is >= 2 and <= 8, "ngram", Ngram, "2 to 8, or 0 for none");
        Check(LearningRate is > 0 and <= 1, "lr", LearningRate, "above 0, at most 1");
        Check(Minutes is null or (> 0 and <= 100_000), "minutes", Minutes ?? 0, "above 0, at most 100000");
        Check(Threads is >= 1 and <= 1024, "threads", Threads, "1 to 1024");
    }

    // Some of what the table lays out, in a number that cannot overflow: what is left out is smaller than any of it.
    private double Parameters
    {
        get
        {
            double C = Width, ngrams = Math.Max(0, Ngram - 1) * (double)NgramRows;
            return (C * (Alphabet.Symbols + ngrams + (Positions == Positions.Learned ? Context : 0))) + (Layers * 12 * C * C);
        }
    }

    private static void Check(bool good, string name, double value, string range)
    {
        if (!good) throw new ArgumentException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}={value} is out of range: {range}."));
    }
}
