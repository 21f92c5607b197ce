using System.ComponentModel;
using System.Diagnostics;
using Forge.Core.Errors;

namespace Forge.Targets.Ssh;

/// <summary>Starts OpenSSH tools with argument lists.</summary>
internal static class SshProcess
{
    /// <summary>How to start one, with all three streams ours.</summary>
    public static ProcessStartInfo Info(string tool, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(tool, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in info.Environment.Keys.Where(name => name is "LANG" or "LANGUAGE" || name.StartsWith("LC_", StringComparison.Ordinal)).ToList())
        {
            // The system's ssh configuration sends them; what a host prints must not depend on the caller's language.
            info.Environment.Remove(name);
        }

        return info;
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="ForgeException">Id <c>SshClientMissing</c>.</exception>
    public static Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception cause)
        {
            throw new ForgeException(
                "SshClientMissing", ForgeErrorKind.Missing, $"The OpenSSH client '{info.FileName}' cannot be started.",
                "Install openssh-client, or give its path.", info.FileName, cause);
        }
    }
}
