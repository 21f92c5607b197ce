using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forge.Host.Output;

/// <summary>A file or folder travels as its path and what a listing shows of it.</summary>
internal sealed class FileSystemInfoConverter : JsonConverter<FileSystemInfo>
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(FileSystemInfo));

    /// <inheritdoc/>
    public override FileSystemInfo Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? path = null;
        if (reader.TokenType == JsonTokenType.String)
        {
            path = reader.GetString();
        }
        else
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.TryGetProperty("FullName", out JsonElement name))
            {
                path = name.GetString();
            }
        }

        return string.IsNullOrEmpty(path) ? throw new JsonException("it has no FullName.")
            : typeToConvert == typeof(DirectoryInfo) ? new DirectoryInfo(path)
            : new FileInfo(path);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FileSystemInfo value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("FullName", value.FullName);
        writer.WriteString("Name", value.Name);
        if (value is FileInfo { Exists: true } file)
        {
            writer.WriteNumber("Length", file.Length);
        }

        if (value.Exists)
        {
            writer.WriteString("LastWriteTimeUtc", value.LastWriteTimeUtc);
        }

        writer.WriteEndObject();
    }
}
