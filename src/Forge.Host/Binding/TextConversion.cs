using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Forge.Host.Binding;

/// <summary>
/// Turns the text of an argument into a value, in PowerShell's order: the type itself, its <c>Parse</c>, its constructor, its cast
/// (about_Type_Conversion).
/// </summary>
internal static class TextConversion
{
    /// <summary>Converts one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">No collection.</param>
    /// <returns>The value.</returns>
    /// <exception cref="FormatException">The text is no such value; the message says what would be.</exception>
    internal static object? Convert(string text, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (text.Equals("$null", StringComparison.OrdinalIgnoreCase) && (!type.IsValueType || plain != type))
        {
            return null;
        }

        if (plain == typeof(string) || plain == typeof(object))
        {
            return text;
        }

        return plain == typeof(bool) ? Truth(text)
            : plain.IsEnum ? Member(text, plain)
            : plain == typeof(TimeSpan) ? Span(text)
            : IsNumber(plain) ? Number(text, plain)
            : plain == typeof(DateTimeOffset) ? Moment(text)
            : plain == typeof(DateTime) ? Moment(text).UtcDateTime
            : ByItsType(text, plain);
    }

    /// <summary>Reads true or false, with or without the dollar.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    internal static bool Truth(string text) => text.TrimStart('$').ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw new FormatException("it is neither true nor false."),
    };

    private static object Member(string text, Type type)
    {
        if (text.Length > 0 && !char.IsAsciiDigit(text[0]) && text[0] != '-' && Enum.TryParse(type, text, ignoreCase: true, out object? exact))
        {
            return exact;
        }

        string[] matches = [.. Enum.GetNames(type).Where(name => text.Length > 0 && name.StartsWith(text, StringComparison.OrdinalIgnoreCase))];
        return matches.Length == 1
            ? Enum.Parse(type, matches[0])
            : throw new FormatException($"it is none of {string.Join(", ", Enum.GetNames(type))}.");
    }

    private static TimeSpan Span(string text)
        => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span)
            ? span
            : throw new FormatException("it is no duration; write hours:minutes:seconds, for example 0:30:00.");

    private static DateTimeOffset Moment(string text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset moment)
            ? moment
            : throw new FormatException("it is no date; write for example 2026-11-21 or 2026-11-21T09:12:00Z.");

    private static bool IsNumber(Type type)
        => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static object Number(string text, Type type)
    {
        try
        {
            bool hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
            return hex
                ? System.Convert.ChangeType(System.Convert.ToInt64(text, 16), type, CultureInfo.InvariantCulture)
                : System.Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            throw new FormatException(exception is OverflowException ? "the number is too large or too small." : "it is no number.", exception);
        }
    }

    private static object? ByItsType(string text, Type type)
    {
        try
        {
            if (type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string), typeof(IFormatProvider)]) is { } culture)
            {
                return culture.Invoke(null, [text, CultureInfo.InvariantCulture]);
            }

            if (type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string)]) is { } parse)
            {
                return parse.Invoke(null, [text]);
            }

            if (!type.IsAbstract && type.GetConstructor([typeof(string)]) is { } constructor)
            {
                return constructor.Invoke([text]);
            }
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            throw new FormatException(inner.Message, inner);
        }

        if (TypeDescriptor.GetConverter(type) is { } converter && converter.CanConvertFrom(typeof(string)))
        {
            return converter.ConvertFromInvariantString(text);
        }

        try
        {
            return JsonSerializer.Deserialize(text, type, Output.JsonForm.Options);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new FormatException($"a {TypeNames.Of(type)} cannot be made of text; give it through the pipeline.", exception);
        }
    }
}
