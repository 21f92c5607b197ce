using Forge.Core.Actions;
using Forge.Core.Actions.Shell;
using Forge.Core.Fixes;
using Forge.Scap.Remediation;

namespace Forge.Scap.Engine;

/// <summary>The content's own fix with the profile's values filled in. The same each time: whether another attempt makes sense is for the loop to say.</summary>
internal sealed class ContentFixSource(SessionContent contents) : IFixSource
{
    public string Arm => "content";

    public Task<ForgeAction?> ProposeAsync(FixRequest request, CancellationToken cancellationToken)
    {
        var content = contents.Required(request.Session);
        var rule = content.Settings.Withheld.Contains(request.Finding.Id) ? null : content.Find(request.Finding.Id)?.Rule;
        var fix = rule is null ? null : FixRenderer.Render(content.Profile, rule, content.Settings.FixSystem);
        if (fix?.Script is not { } script || string.IsNullOrWhiteSpace(script))
        {
            return Task.FromResult<ForgeAction?>(null);
        }

        return Task.FromResult<ForgeAction?>(new ScriptAction
        {
            Arm = Arm,
            Summary = rule!.Title,
            Script = script,
            Resources = ShellEffectsReader.Read(script).Resources,
            NeedsReboot = fix.Fix.Reboot,
        });
    }
}
