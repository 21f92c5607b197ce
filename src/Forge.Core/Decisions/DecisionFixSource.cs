using System.Security.Cryptography;
using System.Text;
using Forge.Core.Actions;
using Forge.Core.Actions.Shell;
using Forge.Core.Findings;
using Forge.Core.Fixes;
using Forge.Core.Ordering;
using Forge.Core.Skills;

namespace Forge.Core.Decisions;

/// <summary>
/// The skill's own actions for what the user decided; asked before every other source. The decision is the user's approval of exactly the bytes that are
/// built from it, and of nothing else.
/// </summary>
/// <param name="skill">The skill.</param>
/// <param name="file">What was decided; null for nothing.</param>
public sealed class DecisionFixSource(Skill skill, DecisionFile? file) : IFixSource
{
    private readonly WorkOrder _order = new(skill);
    private readonly HashSet<string> _built = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Arm => "decision";

    /// <summary>What an item still needs of the user on its target; null where it needs nothing, all is given, or the skill has a fix of its own for want of it.</summary>
    public SkillDecision? MissingFor(Finding finding) =>
        _order.DecisionFor(finding) is { } decision && Given(decision, finding.Target) is null && _order.FixFor(finding) is null ? decision : null;

    /// <summary>The digests that are approved: the given ones, and those of the actions that were built from the decision file.</summary>
    public IReadOnlySet<string> WithApproved(IReadOnlySet<string> approvals) => _built.Count == 0 ? approvals : approvals.Union(_built).ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<ForgeAction?> ProposeAsync(FixRequest request, CancellationToken cancellationToken) => Task.FromResult<ForgeAction?>(Propose(request.Finding));

    private ScriptAction? Propose(Finding finding)
    {
        if (_order.DecisionFor(finding) is not { Action: not null } decision || Given(decision, finding.Target) is not { } values)
        {
            return null;
        }

        var script = ScriptOf(decision, finding.Id, values);
        var action = new ScriptAction
        {
            Arm = Arm,
            Summary = $"{finding.Title}, as decided ({decision.Name})",
            Script = script,
            Interpreter = "/bin/sh",
            Resources = ShellEffectsReader.Read(script).Resources,
            NeedsReboot = decision.NeedsReboot,
            ExitCodeCounts = true,
        };
        _built.Add(Convert.ToHexStringLower(SHA256.HashData(action.ToBytes())));
        return action;
    }

    private IReadOnlyDictionary<string, DecisionValue>? Given(SkillDecision decision, string target) => decision.Action is null ? null : file?.Find(target, decision.Name);

    /// <summary>The exact script: the inputs as environment variables, each one word in single quotes, then the action as it stands in the skill's folder.</summary>
    private string ScriptOf(SkillDecision decision, string item, IReadOnlyDictionary<string, DecisionValue> values)
    {
        var text = new StringBuilder("#!/bin/sh\nFORGE_ITEM=").Append(Quote(item)).Append('\n');
        foreach (var input in decision.Inputs)
        {
            text.Append(input.Variable).Append('=').Append(Quote(values.GetValueOrDefault(input.Name)?.Text ?? "")).Append('\n');
        }

        text.Append("export FORGE_ITEM ").AppendJoin(' ', decision.Inputs.Select(i => i.Variable)).Append('\n');
        return text.Append(file!.Scripts[decision.Name].Replace("\r\n", "\n", StringComparison.Ordinal)).ToString();
    }

    private static string Quote(string value) => "'" + value.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
