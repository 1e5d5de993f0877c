using LLama.Native;

namespace Vestige.Models.Llama;

/// <summary>What a model remembers of some sequences of tokens, and what it says comes next. For one thread at a time.</summary>
/// <remarks>Logits repeat bit for bit for the same layout of batches, so that every passage is read in the same one, whatever stands beside it.</remarks>
internal sealed class LlamaContext : IDisposable
{
    private readonly SafeLLamaContextHandle _handle;
    private readonly LLamaBatch _batch = new();

    /// <summary>Memory for sequences.</summary>
    /// <param name="model">The model.</param>
    /// <param name="how">What changes its logits.</param>
    /// <param name="context">Tokens of each.</param>
    /// <param name="sequences">How many.</param>
    /// <exception cref="InvalidDataException">There is not enough memory, or the model cannot be run so; the message names the file.</exception>
    internal LlamaContext(LlamaModel model, LlamaSettings how, int context, int sequences = 1)
    {
        Model = model;
        var settings = LLamaContextParams.Default();
        settings.n_ctx = (uint)(context * sequences);
        settings.n_seq_max = (uint)sequences;
        settings.n_batch = settings.n_ubatch = (uint)model.Together;
        settings.n_threads = settings.n_threads_batch = model.Threads;
        how.Apply(ref settings);
        (SafeLLamaContextHandle? handle, string said) = LlamaLibrary.Try(() => SafeLLamaContextHandle.Create(model.Handle, settings));
        _handle = handle ?? throw new InvalidDataException(
            $"{model.Path} cannot be run with context={context}: {(said.Length > 0 ? said : "there may be too little memory; give a smaller one")}");
    }

    internal LlamaModel Model { get; }

    /// <summary>What is read next.</summary>
    /// <param name="token">The token.</param>
    /// <param name="position">Where it stands in its sequence.</param>
    /// <param name="sequence">Which sequence.</param>
    /// <param name="asks">Whether what comes after it is wanted.</param>
    internal void Add(int token, int position, int sequence, bool asks) => _batch.Add(token, position, (LLamaSeqId)sequence, asks);

    /// <summary>Reads what was added.</summary>
    /// <exception cref="InvalidDataException">The library could not; the message names the file.</exception>
    internal void Decode()
    {
        DecodeResult result = _handle.Decode(_batch);
        _batch.Clear();
        if (result != DecodeResult.Ok) throw new InvalidDataException($"{Model.Path}: llama.cpp could not read a batch ({result}) {LlamaLibrary.Said()}".TrimEnd());
    }

    /// <summary>The logits after a token of the last batch, which asked for them.</summary>
    internal Span<float> Logits(int index) => _handle.GetLogitsIth(index);

    /// <summary>Forgets a sequence.</summary>
    internal void Forget(int sequence) => _handle.MemorySequenceRemove((LLamaSeqId)sequence, -1, -1);

    public void Dispose() => _handle.Dispose();
}
