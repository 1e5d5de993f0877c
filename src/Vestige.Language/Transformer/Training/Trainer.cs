using System.Diagnostics;
using System.Globalization;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Numerics;

namespace Vestige.Language.Transformer.Training;

/// <summary>Trains a model by regularized maximum likelihood.</summary>
/// <remarks>With <c>steps=</c>, the weights are a pure function of options and text, whether or not the run was interrupted.</remarks>
internal sealed class Trainer
{
    private const double Nats = 0.6931471805599453;

    // The running mean of the loss forgets this much in a step.
    private const double Forget = 0.05;

    // A running mean so far above its least, in nats, is an explosion: untrained text costs only 5.5 in all.
    private const double Explosion = 1;

    private readonly ITrainingText _text;
    private readonly Windows _windows;
    private readonly short[] _symbols, _targets, _validationSymbols = [], _validationTargets = [];
    private readonly BatchPass _batch;
    private readonly List<Milestone> _history = [];

    /// <summary>A new run.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or there is too little text; the message says which and what to do.</exception>
    internal Trainer(GptOptions options, ITrainingText text)
    {
        options.Validate();
        (Options, _text) = (options, text);
        TextSplit split = TextSplit.Of(text, options.Evaluations > 0, options.Seed);
        long bytes = split.Learned.Sum(slice => (long)slice.Length);
        if (bytes < options.Context)
        {
            throw new ArgumentException($"The training text has {bytes} bytes; context={options.Context} needs at least {options.Context}. Give more text, or a smaller context.");
        }

        _windows = new Windows(text, split.Learned, options.Context, Rng.Mix(options.Seed, "order"));
        if (split.Validation.Count > 0) (_validationSymbols, _validationTargets) = new Windows(text, split.Validation, options.Context, 0).All();
        _symbols = new short[options.Batch * options.Context];
        _targets = new short[_symbols.Length];
        Weights = new GptWeights(options, training: true);
        Optimizer = new Optimizer(Weights);
        _batch = new BatchPass(Weights);
        BestWeights = new float[Weights.Table.Length];
        Initial.Fill(Weights, Rng.Mix(options.Seed, "weights"));
        Weights.Values.CopyTo(BestWeights);
    }

    internal GptOptions Options { get; }

    internal GptWeights Weights { get; }

    internal Optimizer Optimizer { get; }

    /// <summary>The weights of the best evaluation; the initial ones before the first.</summary>
    internal Memory<float> BestWeights { get; }

    internal TrainingState State { get; private set; } = new();

    /// <summary>Hashes of the documents.</summary>
    internal IReadOnlyList<UInt128> Documents => _text.Contents;

    internal IReadOnlyList<Milestone> History => _history;

    /// <summary>Takes up a run where it was saved, after weights and moments have been filled in.</summary>
    internal void Restore(TrainingState state, IReadOnlyList<Milestone> history)
    {
        State = state;
        _history.Clear();
        _history.AddRange(history);
    }

    /// <summary>Trains until the run's end or an interruption.</summary>
    /// <param name="progress">Told after each step.</param>
    /// <param name="checkpoint">Called now and then, and on interruption, to save the state; never with a state that has diverged.</param>
    /// <param name="cancel">Interrupts after the step under way.</param>
    /// <param name="checkpointEvery">Time between two checkpoints; null: half a minute.</param>
    internal TrainingOutcome Run(
        IProgress<TrainingProgress>? progress, Action<Trainer>? checkpoint, CancellationToken cancel, TimeSpan? checkpointEvery = null)
    {
        Weights.Pack(Options.Threads);
        double before = State.Seconds;
        int firstStep = State.Step;
        double? validation = null;
        var watch = Stopwatch.StartNew();
        TimeSpan saved = TimeSpan.Zero;
        while (Share < 1)
        {
            if (cancel.IsCancellationRequested)
            {
                Save(checkpoint);
                return Outcome(Ending.Interrupted, $"Interrupted after {State.Step} steps.");
            }

            if (Options.Patience > 0 && State.SinceBest >= Options.Patience)
            {
                return Outcome(Ending.EarlyStopped, $"Stopped after {State.Step} steps: the validation slice got no better in {State.SinceBest} evaluations.");
            }

            if (Step() is { } failure) return Outcome(Ending.Diverged, failure);
            State = State with { Seconds = before + watch.Elapsed.TotalSeconds };
            int due = (int)(Share * Options.Evaluations);
            if (due > State.Evaluations) validation = Evaluate(due);
            if (Share < 1 && watch.Elapsed - saved > (checkpointEvery ?? TimeSpan.FromSeconds(30)))
            {
                Save(checkpoint);
                saved = watch.Elapsed;
            }

            progress?.Report(Progress(firstStep, before, validation));
        }

        return Outcome(Ending.Finished, $"Finished after {State.Step} steps.");
    }

    // An update may have left what the next loss alone would tell of.
    private void Save(Action<Trainer>? checkpoint)
    {
        foreach (float weight in Weights.Values.Span)
            if (!float.IsFinite(weight)) return;
        checkpoint?.Invoke(this);
    }

    private double Share => Options.Minutes is { } minutes ? State.Seconds / (60 * minutes) : (double)State.Step / Options.Steps;

    // One step; says what went wrong, if something did, and then has changed nothing.
    private string? Step()
    {
        _windows.Random(_symbols, _targets, State.Step);
        if (Options.Mask > 0) Hide(State.Step);
        (double loss, double norm) = _batch.Learn(_symbols, _targets, Rng.Mix(Rng.Mix(Options.Seed, "dropout"), (ulong)State.Step));
        double mean = State.Loss is { } before ? before + (Forget * (loss - before)) : loss;
        if (!double.IsFinite(loss) || !double.IsFinite(norm) || mean > State.LeastLoss + Explosion)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Training diverged at step {State.Step + 1}: the loss is {loss / Nats:F2} bits per byte, after "
                    + $"{(State.Loss is null ? 8 : State.LeastLoss / Nats):F2}. Try a lower lr than {Options.LearningRate}.");
        }

        int step = State.Step + 1;
        State = State with { Step = step, Loss = mean, LeastLoss = Math.Min(mean, State.LeastLoss) };
        // With steps= the share after this step, so that the first has a rate above zero and the last the final one.
        double rate = Schedule.Rate(Options, Share);
        float clip = Options.Clip > 0 && norm > Options.Clip ? (float)(Options.Clip / norm) : 1;
        Optimizer.Update(_batch.Gradient, clip, rate, step);
        Weights.Pack(Options.Threads);
        return null;
    }

    private double? Evaluate(int due)
    {
        double bits = _batch.Score(_validationSymbols, _validationTargets) / Nats;
        bool better = double.IsFinite(bits) && !(bits >= State.Best);
        if (better) Weights.Values.CopyTo(BestWeights);
        State = State with { Evaluations = due, Best = better ? bits : State.Best, SinceBest = better ? 0 : State.SinceBest + 1 };
        _history.Add(new Milestone(State.Step, State.Loss!.Value / Nats, bits));
        return bits;
    }

    // Replaces a share of the input, not of the targets, by the unknown symbol.
    private void Hide(int step)
    {
        var rng = new Rng(Rng.Mix(Rng.Mix(Options.Seed, "mask"), (ulong)step));
        foreach (ref short symbol in _symbols.AsSpan())
        {
            if (rng.NextDouble() < Options.Mask) symbol = Alphabet.Unknown;
        }
    }

    private TrainingProgress Progress(int firstStep, double before, double? validation)
    {
        double seconds = State.Seconds - before;
        double perStep = seconds / Math.Max(1, State.Step - firstStep);
        double left = Options.Minutes is { } minutes ? Math.Max(0, (60 * minutes) - State.Seconds) : (Options.Steps - State.Step) * perStep;
        return new TrainingProgress(
            State.Step, Math.Min(1, Share), State.Loss!.Value / Nats, validation ?? _history.LastOrDefault()?.Validation, State.Best,
            _symbols.Length / perStep, TimeSpan.FromSeconds(left));
    }

    private TrainingOutcome Outcome(Ending ending, string message)
    {
        Memory<float> values = State.Best is null && ending != Ending.Diverged ? Weights.Values : BestWeights;
        return new TrainingOutcome(new Gpt(Options, values.Span, Documents, _history), ending, message);
    }
}
