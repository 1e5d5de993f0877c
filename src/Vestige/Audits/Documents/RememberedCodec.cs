using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Vestige.Compressors;
using Vestige.Sources;
using Vestige.Worlds;

namespace Vestige.Audits.Documents;

/// <summary>A codec on a world, whose items come again and again: each is coded once. Times are those of that once.</summary>
internal sealed class RememberedCodec<TItem>(ICodec<TItem> codec) : ICodec<TItem>
{
    private readonly ConcurrentDictionary<Reference, Coded<TItem>> _coded = new();

    public long? DescriptionBytes => codec.DescriptionBytes;

    public Coded<TItem> Code(TItem item) => _coded.GetOrAdd(new Reference(item), _ => codec.Code(item));

    /// <summary>The codec, with a memory where T is of a world; null stays null.</summary>
    internal static ICodec<TItem> For(ICodec<TItem>? codec, IReadOnlyList<Entry<TItem>> training) =>
        codec is not null && training is [{ Source: IWorld<TItem> }, ..] && !typeof(TItem).IsValueType ? new RememberedCodec<TItem>(codec) : codec!;

    /// <summary>An item as an object: a world gives the same one each time.</summary>
    private readonly struct Reference(TItem item) : IEquatable<Reference>
    {
        private readonly object? _item = item;

        public bool Equals(Reference other) => ReferenceEquals(_item, other._item);

        public override bool Equals(object? obj) => obj is Reference other && Equals(other);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(_item);
    }
}
