namespace Forge.Scap.Engine;

/// <summary>The scanner of a target as it names itself.</summary>
/// <param name="Text">First line of its version.</param>
/// <param name="SkipsRules">Whether it can leave out rules of a profile (<c>--skip-rule</c>).</param>
internal sealed record ScannerVersion(string Text, bool SkipsRules);
