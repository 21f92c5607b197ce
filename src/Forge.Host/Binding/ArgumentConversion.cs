using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Security;
using System.Text.Json;
using Forge.Host.Discovery;
using Forge.Host.Output;
using Forge.StandIn;

namespace Forge.Host.Binding;

/// <summary>Turns an argument into the value of a parameter: transform, convert, validate, as PowerShell does.</summary>
internal static class ArgumentConversion
{
    /// <summary>Converts the texts of an argument.</summary>
    /// <exception cref="Forge.Core.Errors.ForgeException">They do not fit; the message names the parameter.</exception>
    internal static object? FromText(ParameterDescription parameter, IReadOnlyList<string> texts)
    {
        Type element = CollectionShape.ElementOf(parameter.Type) ?? parameter.Type;
        if (element == typeof(SecureString) || element == typeof(PSCredential))
        {
            throw BindingErrors.Secret(parameter);
        }

        bool many = CollectionShape.ElementOf(parameter.Type) is not null;
        return From(parameter, many ? texts.ToArray() : texts[^1]);
    }

    /// <summary>Converts a value of an input object.</summary>
    /// <exception cref="Forge.Core.Errors.ForgeException">It does not fit; the message names the parameter.</exception>
    internal static object? FromJson(ParameterDescription parameter, JsonElement value) => From(parameter, Plain(value));

    private static object? From(ParameterDescription parameter, object? raw)
    {
        object? value;
        try
        {
            value = Coerce(Transform(parameter, raw), parameter.Type);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or NotSupportedException or MetadataException)
        {
            throw BindingErrors.Unconvertible(parameter, Show(raw), exception.Message);
        }

        Validate(parameter, value);
        return value;
    }

    private static object? Transform(ParameterDescription parameter, object? raw)
        => parameter.Transformations.Aggregate(raw, (value, transformation) => HostedCommand.Transform(transformation, value));

    private static void Validate(ParameterDescription parameter, object? value)
    {
        if (parameter.Sets.Values.Any(set => set.Mandatory) && !parameter.MayHold(value))
        {
            throw BindingErrors.Refused(parameter, "it is null or empty.");
        }

        foreach (ValidateArgumentsAttribute validation in parameter.Validations)
        {
            try
            {
                HostedCommand.Validate(validation, value);
            }
            catch (MetadataException exception)
            {
                throw BindingErrors.Refused(parameter, exception.Message);
            }
        }
    }

    private static object? Coerce(object? raw, Type type)
    {
        if (raw is null)
        {
            return !type.IsValueType || Nullable.GetUnderlyingType(type) is not null ? null : throw new FormatException("it is null.");
        }

        if (type.IsInstanceOfType(raw) && !(raw is JsonElement && type == typeof(object)))
        {
            return raw;
        }

        if (CollectionShape.ElementOf(type) is { } element)
        {
            IEnumerable<object?> items = raw switch
            {
                JsonElement { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().Select(item => Plain(item)),
                string or JsonElement => [raw],
                IEnumerable list => list.Cast<object?>(),
                _ => [raw],
            };
            return CollectionShape.Fill(type, element, [.. items.Select(item => Coerce(item, element))]);
        }

        return type == typeof(SwitchParameter) ? new SwitchParameter(raw as bool? ?? TextConversion.Truth(Show(raw)))
            : raw is JsonElement json ? JsonForm.Read(json, type)
            : ByCast(raw, type, out object? cast) ? cast
            : TextConversion.Convert(Show(raw), type);
    }

    /// <summary>A static cast operator of either type.</summary>
    private static bool ByCast(object raw, Type type, out object? value)
    {
        MethodInfo? cast = raw is string ? null : type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Concat(raw.GetType().GetMethods(BindingFlags.Public | BindingFlags.Static))
            .FirstOrDefault(method => method.Name is "op_Implicit" or "op_Explicit"
                && method.ReturnType == type
                && method.GetParameters() is [ParameterInfo only] && only.ParameterType.IsInstanceOfType(raw));
        value = cast?.Invoke(null, [raw]);
        return cast is not null;
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? whole : value.GetDouble(),
        _ => value,
    };

    private static string Show(object? raw) => raw switch
    {
        null => "$null",
        string text => text,
        IEnumerable list => string.Join(",", list.Cast<object?>()),
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => raw.ToString() ?? "",
    };
}
