using System.Text;
using Forge.Core.Actions;
using Forge.Core.Actions.Shell;
using Forge.Core.Ordering;
using Forge.Core.Skills;

namespace Forge.Core.Fixes;

/// <summary>What other sources propose, with what the skill has for the item before and after it: all of it is one change, kept or taken back as one.</summary>
/// <param name="skill">The skill.</param>
/// <param name="sources">The other sources in the order to ask.</param>
public sealed class SkillFixSource(Skill skill, IReadOnlyList<IFixSource> sources) : IFixSource
{
    private readonly WorkOrder _order = new(skill);

    /// <inheritdoc/>
    public string Arm => "skill";

    /// <inheritdoc/>
    public async Task<ForgeAction?> ProposeAsync(FixRequest request, CancellationToken cancellationToken)
    {
        ForgeAction? action = null;
        foreach (var source in sources)
        {
            if ((action = await source.ProposeAsync(request, cancellationToken)) is not null)
            {
                break;
            }
        }

        if (_order.FixFor(request.Finding) is not { } own || action is not (null or ScriptAction))
        {
            return action;
        }

        var content = action as ScriptAction;
        if (own.Before is { } before && content is not null)
        {
            content = content with { Script = $"{await ReadAsync(before, cancellationToken)}\n{content.Script}" };
        }

        if (own.Script is not { } after)
        {
            return content;
        }

        var text = await ReadAsync(after, cancellationToken);
        var script = Join(content?.ToScript(), $"FORGE_ITEM='{request.Finding.Id.Replace("'", "'\\''", StringComparison.Ordinal)}'\nexport FORGE_ITEM\n{text}", own.Because);
        var resources = ShellEffectsReader.Read(text).Resources;
        return content is not null
            ? content with { Arm = $"{content.Arm}+{Arm}", Script = script, NeedsReboot = content.NeedsReboot || own.NeedsReboot, Resources = [.. content.Resources.Union(resources)] }
            : new ScriptAction
            {
                Arm = Arm, Summary = request.Finding.Title, Script = script, Interpreter = "/bin/sh", Resources = resources, NeedsReboot = own.NeedsReboot, ExitCodeCounts = own.NeedsReboot,
            };
    }

    private async Task<string> ReadAsync(string script, CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(Path.Combine(skill.Folder, script), cancellationToken)).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');

    /// <summary>Both in shells of their own, so that neither's exit or variables reach the other; the first that fails gives the exit code.</summary>
    private static string Join(string? content, string own, string because)
    {
        var script = new StringBuilder();
        if (content is not null)
        {
            script.Append("(\n").Append(content.TrimEnd('\n')).Append("\n)\nforge_code=$?\n");
        }

        script.Append("# ").Append(because).Append("\n(\n").Append(own).Append("\n) || exit $?\n");
        return content is null ? script.ToString() : script.Append("exit \"$forge_code\"\n").ToString();
    }
}
