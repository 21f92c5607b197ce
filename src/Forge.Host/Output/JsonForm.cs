using System.Management.Automation;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Forge.Host.Output;

/// <summary>
/// The form in which objects travel between processes: one JSON value a line, property names as the .NET type spells them (PascalCase), as
/// PowerShell shows them, so that they bind by property name; enumerations by name, durations as <c>hh:mm:ss</c>, times in ISO 8601.
/// </summary>
internal static class JsonForm
{
    /// <summary>How objects are written, and read by value.</summary>
    internal static JsonSerializerOptions Options { get; } = Make(JsonUnmappedMemberHandling.Skip);

    private static JsonSerializerOptions Strict { get; } = Make(JsonUnmappedMemberHandling.Disallow);

    /// <summary>Writes an object in one line.</summary>
    internal static string Write(object? value) => JsonSerializer.Serialize(Unwrap(value), Options);

    /// <summary>Reads a value of a type.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    internal static object? Read(JsonElement element, Type type)
    {
        if (type == typeof(PSObject) || type == typeof(object))
        {
            return ToObject(element);
        }

        return element.Deserialize(type, HasRequired(type) ? Options : Strict);
    }

    /// <summary>
    /// Whether an object is one of a type: it has all that the type requires. A type that requires nothing takes only objects without foreign
    /// properties.
    /// </summary>
    internal static bool Fits(JsonElement element, Type type)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && Read(element, type) is not null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static object? Unwrap(object? value)
    {
        if (value is not PSObject wrapped)
        {
            return value;
        }

        var properties = new Dictionary<string, object?>();
        foreach (PSPropertyInfo property in wrapped.Properties)
        {
            properties[property.Name] = Unwrap(property.Value);
        }

        return wrapped.BaseObject is string or ValueType ? wrapped.BaseObject : properties;
    }

    private static object? ToObject(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Number => element.TryGetInt64(out long whole) ? whole : element.GetDouble(),
                JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
                JsonValueKind.Array => element.EnumerateArray().Select(ToObject).ToArray(),
                _ => null,
            };
        }

        var result = new PSObject();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            result.Properties.Add(new PSNoteProperty(property.Name, ToObject(property.Value)));
        }

        return result;
    }

    private static bool HasRequired(Type type) => Options.GetTypeInfo(type).Properties.Any(property => property.IsRequired);

    private static JsonSerializerOptions Make(JsonUnmappedMemberHandling unmapped) => new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = unmapped,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(), new FileSystemInfoConverter() },
    };
}
