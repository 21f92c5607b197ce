using System.Text.Json.Serialization;

namespace Forge.Llama.Protocol;

/// <summary>Both sides of the pipe: one JSON object a line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModelCall))]
[JsonSerializable(typeof(ModelReply))]
internal sealed partial class ProtocolJson : JsonSerializerContext;
