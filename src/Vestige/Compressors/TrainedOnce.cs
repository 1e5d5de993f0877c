using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Vestige.Compressors;

/// <summary>Models that several rows of an audit share: each is trained once for a training sample and its settings.</summary>
/// <remarks>They live as long as the sample does. A training that failed or was cancelled is tried again by who asks next.</remarks>
public sealed class TrainedOnce<TItem, TSettings, TModel>
    where TSettings : notnull
    where TModel : class
{
    private readonly ConditionalWeakTable<Training<TItem>, ConcurrentDictionary<TSettings, Lazy<TModel>>> _models = [];

    /// <summary>The model, trained now if it was not before. Who asks while another trains it waits.</summary>
    public TModel Get(Training<TItem> training, TSettings settings, Func<TModel> train)
    {
        ArgumentNullException.ThrowIfNull(training);
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
