using System.Diagnostics;
using Forge.Core.Targets;
using Forge.Targets.Scripts;

namespace Forge.Targets.Local;

/// <summary>This machine, through the same shell and the same checks as a remote one.</summary>
internal sealed class LocalTarget(TargetDescription description, ConnectionRole role) : ScriptTarget(description, role)
{
    /// <inheritdoc/>
    protected override bool IsRoot => Environment.IsPrivilegedProcess;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override IShellSession Start(IReadOnlyList<string> words) =>
        // A session of its own, as sshd gives one: what ends the script's group must not reach ours.
        ProcessSession.Start(new ProcessStartInfo("setsid", words));
}
