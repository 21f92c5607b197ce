namespace Forge.Scap.Engine;

/// <summary>The scanner of a target as it names itself.</summary>
/// <param name="Text">First line of its version.</param>
internal sealed record ScannerVersion(string Text);
