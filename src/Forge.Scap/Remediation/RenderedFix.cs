using Forge.Scap.Content;

namespace Forge.Scap.Remediation;

/// <summary>A fix with the profile's values filled in.</summary>
/// <param name="Fix">The fix.</param>
/// <param name="Script">Its text, every character as the content has it; null where it cannot be filled in.</param>
/// <param name="Trouble">Why it cannot be filled in; null where it can.</param>
public sealed record RenderedFix(Fix Fix, string? Script, string? Trouble);
