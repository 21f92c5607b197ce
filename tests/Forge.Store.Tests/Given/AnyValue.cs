using System.Reflection;

namespace Forge.Store.Tests.Given;

/// <summary>Values of any record of the contracts, filled at random by reflection: a new field is covered without a new test.</summary>
public sealed class AnyValue(int seed)
{
    private readonly Random _random = new(seed);

    public object? Of(Type type, bool mayBeNull = false)
    {
        var inner = Nullable.GetUnderlyingType(type);
        if ((mayBeNull || inner is not null) && _random.Next(4) == 0)
        {
            return null;
        }

        return OfValue(inner ?? type);
    }

    private object OfValue(Type type)
    {
        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.GetValue(_random.Next(values.Length))!;
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => Text(),
            TypeCode.Boolean => _random.Next(2) == 0,
            TypeCode.Int32 => _random.Next(),
            TypeCode.Int64 => _random.NextInt64(long.MinValue, long.MaxValue),
            TypeCode.Double => (_random.NextDouble() - 0.5) * Math.Pow(10, _random.Next(-300, 300)),
            _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(_random.NextInt64(-(1L << 50), 1L << 50)),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(_random.NextInt64(DateTime.UnixEpoch.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero),
            _ when type.IsGenericType => OfCollection(type),
            _ => OfRecord(type),
        };
    }

    private object OfCollection(Type type)
    {
        var arguments = type.GetGenericArguments();
        var count = _random.Next(4);
        if (arguments.Length == 1)
        {
            var list = Array.CreateInstance(arguments[0], count);
            for (var i = 0; i < count; i++)
            {
                list.SetValue(Of(arguments[0]), i);
            }

            return list;
        }

        var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        for (var i = 0; i < count; i++)
        {
            dictionary[Text() + i] = Of(arguments[1]);
        }

        return dictionary;
    }

    private object OfRecord(Type type)
    {
        var nullness = new NullabilityInfoContext();
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var arguments = constructor.GetParameters().Select(p => Of(p.ParameterType, nullness.Create(p).WriteState == NullabilityState.Nullable)).ToArray();
        var record = constructor.Invoke(arguments);
        var given = constructor.GetParameters().Select(p => p.Name).ToHashSet();
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && !given.Contains(p.Name)))
        {
            property.SetValue(record, Of(property.PropertyType, nullness.Create(property).WriteState == NullabilityState.Nullable));
        }

        return record;
    }

    private string Text()
    {
        const string letters = "ab\"\\/<>&'\u0001\u001b\n\r\t\u0085\u2028éß漢 $%{}[]:,";
        return string.Concat(Enumerable.Range(0, _random.Next(12)).Select(_ => _random.Next(20) == 0 ? "😀" : letters[_random.Next(letters.Length)].ToString()));
    }
}
