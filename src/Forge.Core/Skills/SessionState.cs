using System.Collections.Concurrent;

namespace Forge.Core.Skills;

/// <summary>What engines keep between calls of one session, one value a type.</summary>
public sealed class SessionState
{
    private readonly ConcurrentDictionary<Type, object> _values = new();

    /// <summary>Gets the value of a type; null where none was set.</summary>
    public T? Get<T>()
        where T : class => _values.TryGetValue(typeof(T), out var value) ? (T)value : null;

    /// <summary>Sets the value of a type.</summary>
    public void Set<T>(T value)
        where T : class => _values[typeof(T)] = value;
}
