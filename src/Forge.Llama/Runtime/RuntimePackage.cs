namespace Forge.Llama.Runtime;

/// <summary>One package of native libraries, as runtime.json pins it.</summary>
/// <param name="Platform">Runtime identifier, for example <c>linux-x64</c>.</param>
/// <param name="Backend">What it computes with.</param>
/// <param name="Name">Name of the npm package.</param>
/// <param name="Integrity">Subresource integrity of the package file: <c>sha512-</c> and base64.</param>
internal sealed record RuntimePackage(string Platform, ModelBackend Backend, string Name, string Integrity);
