using System.Text.Json.Serialization;

namespace Forge.Llama.Runtime;

/// <summary>Reads runtime.json.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RuntimeManifest))]
internal sealed partial class RuntimeJson : JsonSerializerContext;
