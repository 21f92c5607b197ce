using Forge.Scap.Content;
using Forge.Scap.Profiles;

namespace Forge.Scap.Remediation;

/// <summary>Chooses and fills in fixes exactly as <c>oscap xccdf generate fix</c> does (openscap 1.3.7, xccdf_policy_remediate.c and xccdf_policy_substitute.c).</summary>
public static class FixRenderer
{
    /// <summary>System of fixes that are shell scripts, run with bash.</summary>
    public const string ShellSystem = "urn:xccdf:fix:script:sh";

    /// <summary>The fix that oscap would choose: of those of the system, none that reboots if one does not, and the disruption that the content prefers.</summary>
    /// <returns>Null where the rule has none.</returns>
    public static Fix? Choose(Rule rule, string system = ShellSystem)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var fixes = rule.Fixes.Where(f => f.System == system).ToList();
        if (fixes.Exists(f => !f.Reboot))
        {
            fixes.RemoveAll(f => f.Reboot);
        }

        // oscap keeps the disruption of the last fix that says "low" or "medium".
        var preferred = fixes.FindLast(f => f.Disruption is "low" or "medium")?.Disruption;
        return fixes.Find(f => preferred is null || f.Disruption == preferred);
    }

    /// <summary>Chooses a rule's fix and fills in the profile's values.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="system">System of the fix.</param>
    /// <returns>Null where the rule has no such fix; a fix that cannot be filled in says why.</returns>
    public static RenderedFix? Render(ResolvedProfile profile, Rule rule, string system = ShellSystem)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var fix = Choose(rule, system);
        if (fix is null)
        {
            return null;
        }

        string? trouble = null;
        var text = fix.Content.Render(part => Fill(profile, part, ref trouble));
        return new RenderedFix(fix, trouble is null ? text : null, trouble);
    }

    /// <summary>Fills in a text for people: a place that cannot be filled in shows its name in braces.</summary>
    public static string RenderText(ResolvedProfile profile, XccdfText text)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(text);
        return text.Render(part =>
        {
            string? trouble = null;
            var filled = Fill(profile, part, ref trouble);
            return trouble is null ? filled : "{" + part.Name + "}";
        });
    }

    private static string Fill(ResolvedProfile profile, TextPart part, ref string? trouble)
    {
        if (part is SubstitutionPart substitution)
        {
            var text = Substitute(profile, substitution);
            trouble ??= text is null ? $"'{substitution.IdRef}' has no text in profile '{profile.Id}'" : null;
            return text ?? "";
        }

        trouble ??= part is InstancePart
            ? "it needs an instance that the scan did not name"
            : $"it contains an {part.Name} that cannot be filled in";
        return "";
    }

    private static string? Substitute(ResolvedProfile profile, SubstitutionPart part)
    {
        if (profile.Values.TryGetValue(part.IdRef, out var value))
        {
            return part.UseTitle ? value.Value.Title : value.Text;
        }

        return profile.Benchmark.PlainTexts.GetValueOrDefault(part.IdRef);
    }
}
