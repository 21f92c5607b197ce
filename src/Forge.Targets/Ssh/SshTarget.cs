using System.Diagnostics;
using Forge.Core.Targets;
using Forge.Targets.Scripts;
using Forge.Targets.Ssh.Mux;

namespace Forge.Targets.Ssh;

/// <summary>A machine over one login of the OpenSSH client; each command is one more session through its control socket.</summary>
internal sealed class SshTarget(TargetDescription description, ConnectionRole role, TargetOptions options, SshMaster master)
    : ScriptTarget(description, role)
{
    /// <inheritdoc/>
    protected override bool IsRoot => master.IsRoot;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => master.DisposeAsync();

    /// <inheritdoc/>
    protected override IShellSession Start(IReadOnlyList<string> words)
    {
        var command = "exec " + string.Join(' ', words.Select(ShellQuote.Word));
        return (MuxSession.IsSupported && !options.ClientForEachCommand ? MuxSession.Open(master.Socket, command) : null)
            ?? ProcessSession.Start(Client(command));
    }

    private ProcessStartInfo Client(string command) => SshProcess.Info(
        options.SshPath,
        // No configuration is read, and a client without its master must not log in by itself: a lost connection stays lost.
        ["-F", "none", "-T", "-oControlMaster=no", "-oControlPath=" + SshArguments.Quote(master.Socket), "-oProxyCommand=false", "-oLogLevel=ERROR",
            "-oBatchMode=yes", "-oEscapeChar=none", "--", "forge", command]);
}
