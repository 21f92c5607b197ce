using System.Text.Json;
using System.Text.Json.Serialization;
using Forge.Store.Redaction;

namespace Forge.Store.Runs;

/// <summary>Masks every string before it is escaped: a secret with quotes or non-ASCII letters is found as it is, not in its escaped form.</summary>
internal sealed class RedactingStringConverter(Redactor redactor) : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(redactor.Redact(value));

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() ?? "";

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(redactor.Redact(value));
}
