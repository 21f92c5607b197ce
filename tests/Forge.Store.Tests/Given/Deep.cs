using System.Collections;
using System.Reflection;

namespace Forge.Store.Tests.Given;

/// <summary>Equality of records by all their public properties, collections and dictionaries by content.</summary>
public static class Deep
{
    /// <summary>The first place at which two values differ; null where they are equal.</summary>
    public static string? Difference(object? left, object? right, string at = "")
    {
        if (left is null || right is null)
        {
            return left is null && right is null ? null : at;
        }

        if (left is IDictionary a && right is IDictionary b)
        {
            return a.Count != b.Count ? at : a.Keys.Cast<object>().Select(k => Difference(a[k], b[k], $"{at}[{k}]")).FirstOrDefault(d => d is not null);
        }

        if (left is not string && left is IEnumerable these && right is IEnumerable those)
        {
            var (x, y) = (these.Cast<object?>().ToList(), those.Cast<object?>().ToList());
            return x.Count != y.Count ? at : x.Select((v, i) => Difference(v, y[i], $"{at}[{i}]")).FirstOrDefault(d => d is not null);
        }

        if (left.GetType() != right.GetType())
        {
            return at;
        }

        if (left is string or ValueType)
        {
            return left.Equals(right) ? null : at;
        }

        return left.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => Difference(p.GetValue(left), p.GetValue(right), $"{at}.{p.Name}"))
            .FirstOrDefault(d => d is not null);
    }
}
