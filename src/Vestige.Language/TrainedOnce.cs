using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Vestige.Compressors;

namespace Vestige.Language;

/// <summary>Models that several rows of an audit share: each is trained once for a training sample and its settings.</summary>
/// <remarks>They live as long as the sample does. A training that failed or was cancelled is tried again by who asks next.</remarks>
internal sealed class TrainedOnce<TSettings, TModel>
    where TSettings : notnull
    where TModel : class
{
    private readonly ConditionalWeakTable<Training<Passage>, ConcurrentDictionary<TSettings, Lazy<TModel>>> _models = [];

    /// <summary>The model, trained now if it was not before. Who asks while another trains it waits.</summary>
    internal TModel Get(Training<Passage> training, TSettings settings, Func<TModel> train)
    {
        ConcurrentDictionary<TSettings, Lazy<TModel>> models = _models.GetOrCreateValue(training);
        Lazy<TModel> model = models.GetOrAdd(settings, _ => new Lazy<TModel>(train));
        try
        {
            return model.Value;
        }
        catch
        {
            models.TryRemove(new KeyValuePair<TSettings, Lazy<TModel>>(settings, model));
            throw;
        }
    }
}
