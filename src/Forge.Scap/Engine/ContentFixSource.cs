using Forge.Core.Actions;
using Forge.Core.Actions.Shell;
using Forge.Core.Fixes;
using Forge.Scap.Content;
using Forge.Scap.Derivation;
using Forge.Scap.Remediation;

namespace Forge.Scap.Engine;

/// <summary>
/// The content's own fix with the profile's values filled in: where the skill wants it and nothing has failed yet in its short form, else its script, the same each
/// time. Whether another attempt makes sense is for the loop to say.
/// </summary>
internal sealed class ContentFixSource(SessionContent contents) : IFixSource
{
    public string Arm => "content";

    public Task<ForgeAction?> ProposeAsync(FixRequest request, CancellationToken cancellationToken)
    {
        var content = contents.Required(request.Session);
        var rule = content.Settings.Withheld.Contains(request.Finding.Id) ? null : content.Find(request.Finding.Id)?.Rule;
        if (rule is null)
        {
            return Task.FromResult<ForgeAction?>(null);
        }

        var fix = FixRenderer.Render(content.Profile, rule, content.Settings.FixSystem);
        var brief = request.PreviousFailures.Count == 0 ? ShortFormOf(content, rule, fix?.Script) : null;
        var script = brief ?? fix?.Script;
        return Task.FromResult<ForgeAction?>(string.IsNullOrWhiteSpace(script) ? null : new ScriptAction
        {
            Arm = Arm,
            Summary = rule.Title,
            Script = script,
            Interpreter = brief is null ? ScriptAction.ContentInterpreter : "/bin/sh",
            Resources = ShellEffectsReader.Read(script).Resources,
            NeedsReboot = fix?.Fix.Reboot ?? false,
        });
    }

    private static string? ShortFormOf(PreparedContent content, Rule rule, string? script) =>
        content.Settings.ShortFixes.Contains(AuditFix.Kind) ? AuditFix.Of(ActionDerivation.Derive(content.Profile, rule), script) : null;
}
