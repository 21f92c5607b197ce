using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Forge.Store.Redaction;

namespace Forge.Store.Runs;

/// <summary>
/// JSON as the store writes it: camelCase names, enums by their declared names (numbers refused, so that reordering an enum changes nothing on disk), times
/// in ISO 8601, spans as <c>[d.]hh:mm:ss[.fffffff]</c>, nulls left out, NaN and infinities refused, text readable (only what JSON demands is escaped).
/// </summary>
internal static class StoreJson
{
    // Kept by redactor: what the serializer learns of the types is part of the options and dear to learn again.
    private static readonly ConditionalWeakTable<Redactor, JsonSerializerOptions> LinesOf = [];
    private static readonly ConditionalWeakTable<Redactor, JsonSerializerOptions> FilesOf = [];

    /// <summary>For reading.</summary>
    public static JsonSerializerOptions Reading { get; } = Make(null, indented: false);

    /// <summary>For writing lines: every string and every dictionary key goes through the redactor. What is computed from the rest is left out.</summary>
    public static JsonSerializerOptions Lines(Redactor redactor) => LinesOf.GetValue(redactor, r => Make(r, indented: false));

    /// <summary>For writing files that people open.</summary>
    public static JsonSerializerOptions Files(Redactor redactor) => FilesOf.GetValue(redactor, r => Make(r, indented: true));

    private static JsonSerializerOptions Make(Redactor? redactor, bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            IgnoreReadOnlyProperties = !indented,
            WriteIndented = indented,
            NewLine = "\n",
        };
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        if (redactor is not null)
        {
            options.Converters.Add(new RedactingStringConverter(redactor));
        }

        return options;
    }
}
