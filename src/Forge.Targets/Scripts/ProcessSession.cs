using System.Diagnostics;

namespace Forge.Targets.Scripts;

/// <summary>A shell behind a process of ours: a local one, or an ssh client.</summary>
internal sealed class ProcessSession : IShellSession
{
    /// <summary>How ssh(1) ends where it is not the far command that ended.</summary>
    private const int ClientsOwn = 255;

    private readonly Process _process;

    private ProcessSession(Process process) => _process = process;

    /// <inheritdoc/>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <inheritdoc/>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <inheritdoc/>
    public Stream Error => _process.StandardError.BaseStream;

    /// <inheritdoc/>
    public bool IsRefused => false;

    /// <summary>Starts it, with all three streams ours.</summary>
    public static ProcessSession Start(ProcessStartInfo info)
    {
        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        info.UseShellExecute = false;
        return new ProcessSession(Process.Start(info)!);
    }

    /// <inheritdoc/>
    public string? TransportFault() => !_process.WaitForExit(2000) || _process.ExitCode == ClientsOwn ? "" : null;

    /// <inheritdoc/>
    public void Kill() => _process.Kill();

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
