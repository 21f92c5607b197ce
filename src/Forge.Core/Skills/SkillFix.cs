namespace Forge.Core.Skills;

/// <summary>A fix of the skill itself, for items whose content has none or whose content's fix is not enough.</summary>
/// <param name="Ids">Regular expressions over item ids.</param>
/// <param name="Script">POSIX sh script in the skill's folder; null where there is only <paramref name="Before"/>.</param>
/// <param name="Because">What the content's own fix lacks, one clause.</param>
/// <param name="NeedsReboot">Whether its effect is complete only after a reboot.</param>
/// <param name="Before">POSIX sh script in the skill's folder that the content's own fix begins with, in one shell with it; null for none.</param>
public sealed record SkillFix(IReadOnlyList<string> Ids, string? Script, string Because, bool NeedsReboot = false, string? Before = null);
