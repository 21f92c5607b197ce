using System.Collections;

namespace Forge.Host.Binding;

/// <summary>Whether a type holds many values, and how to fill it.</summary>
internal static class CollectionShape
{
    /// <summary>The type of one element, or null if the type is no collection.</summary>
    internal static Type? ElementOf(Type type)
    {
        if (type == typeof(string) || type.IsAssignableTo(typeof(IDictionary)))
        {
            return null;
        }

        if (type.IsArray)
        {
            return type.GetElementType();
        }

        return type.IsGenericType && type.GetGenericArguments() is [Type element] && type.IsAssignableFrom(typeof(List<>).MakeGenericType(element)) ? element : null;
    }

    /// <summary>Fills a collection.</summary>
    /// <param name="type">An array, a list or an interface of one.</param>
    /// <param name="element">The type of one element.</param>
    /// <param name="values">The elements.</param>
    internal static object Fill(Type type, Type element, IReadOnlyList<object?> values)
    {
        var array = Array.CreateInstance(element, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            array.SetValue(values[i], i);
        }

        return type.IsAssignableFrom(array.GetType()) ? array : Activator.CreateInstance(typeof(List<>).MakeGenericType(element), array)!;
    }
}
