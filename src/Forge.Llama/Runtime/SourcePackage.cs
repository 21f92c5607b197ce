namespace Forge.Llama.Runtime;

/// <summary>The package that carries llama.cpp's own sources of the same release; for tests and benches only.</summary>
/// <param name="Name">Name of the npm package.</param>
/// <param name="Integrity">As in <see cref="RuntimePackage"/>.</param>
internal sealed record SourcePackage(string Name, string Integrity);
