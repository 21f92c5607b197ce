using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forge.Models.Hardening;

/// <summary>How the files about hardening models are written: camelCase, no unknown key, no missing one.</summary>
internal static class HardenerJson
{
    /// <summary>For files that people read.</summary>
    public static JsonSerializerOptions Files { get; } = Make(indented: true);

    /// <summary>For JSON lines.</summary>
    public static JsonSerializerOptions Lines { get; } = Make(indented: false);

    /// <summary>The key path of a fault, without the dollar sign of JSONPath; the whole document where it names none.</summary>
    public static string KeyOf(JsonException fault) => fault.Path is { Length: > 2 } path ? path[2..] : "document";

    private static JsonSerializerOptions Make(bool indented) => new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        WriteIndented = indented,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };
}
