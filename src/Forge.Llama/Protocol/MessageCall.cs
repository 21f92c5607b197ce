namespace Forge.Llama.Protocol;

/// <summary>One message of the conversation.</summary>
internal sealed record MessageCall(string Role, string Text);
