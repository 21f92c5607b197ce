namespace Forge.Llama.Gguf;

/// <summary>An array in a file's key-value part; its items are checked and passed over.</summary>
/// <param name="ItemType">Type of the items.</param>
/// <param name="Count">How many.</param>
/// <param name="First">The first item where it is a number; head counts may be given layer by layer.</param>
internal sealed record GgufArray(GgufValueType ItemType, long Count, object? First);
