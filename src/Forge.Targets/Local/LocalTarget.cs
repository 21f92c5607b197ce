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
    protected override ProcessStartInfo Start(IReadOnlyList<string> words)
    {
        // Its own session, as sshd gives one: what ends the script's group must not reach ours.
        return new ProcessStartInfo("setsid", words);
    }
}
