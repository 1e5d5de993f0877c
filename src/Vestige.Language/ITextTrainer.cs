using Vestige.Compressors;
using Vestige.Sources;

namespace Vestige.Language;

/// <summary>A compressor of text whose model can be trained by itself, to be kept.</summary>
public interface ITextTrainer : ICompressor<Passage>
{
    /// <summary>Trains to the run's end, to divergence or to an interruption.</summary>
    /// <exception cref="UnusableDocumentException">There is too little text; the message says how much is needed.</exception>
    /// <exception cref="InvalidDataException">The checkpoint cannot be gone on from; the message names it and says why.</exception>
    /// <exception cref="OperationCanceledException">The run was interrupted, and there is nothing to go on from.</exception>
    TrainedText Train(TrainingJob job, IProgress<WorkProgress>? progress, CancellationToken cancel);

    /// <summary>Why a finished model is not the one that the job would give: of another kind, other settings or other text; null where it is.</summary>
    string? Unlike(ITextModel model, TrainingJob job);
}

/// <summary>A training run by itself.</summary>
/// <param name="Documents">What to train on.</param>
public sealed record TrainingJob(IReadOnlyList<Entry<Passage>> Documents)
{
    /// <summary>Threads, part of what a run repeats with; null: all processors, or as many as the checkpoint was begun with.</summary>
    public int? Threads { get; init; }

    /// <summary>A checkpoint to go on from; null to begin.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Given now and then what writes a checkpoint; null where none is wanted. Models that are trained at once give none.</summary>
    public Action<Action<Stream>>? Save { get; init; }

    /// <summary>Time from one checkpoint to the next.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Why a training ended.</summary>
public enum Ending
{
    /// <summary>It ran its course.</summary>
    Finished,

    /// <summary>The validation slice got no better for too long.</summary>
    EarlyStopped,

    /// <summary>The loss was no longer a number, or rose far above what it had been. The model is the best one before that.</summary>
    Diverged,

    /// <summary>It was interrupted, and can be gone on with.</summary>
    Interrupted,
}

/// <summary>What training gave.</summary>
/// <param name="Model">The model that did best on the validation slice; without one, the last.</param>
/// <param name="Ending">Why it ended.</param>
/// <param name="Message">That in words for the user.</param>
public sealed record TrainedText(ITextModel Model, Ending Ending, string Message);
