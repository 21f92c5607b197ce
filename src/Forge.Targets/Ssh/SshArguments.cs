using System.Globalization;
using Forge.Core.Targets;

namespace Forge.Targets.Ssh;

/// <summary>Our ssh configuration and the options of one target.</summary>
internal static class SshArguments
{
    /// <summary>
    /// The configuration file: ours first, because the first value wins (ssh_config(5)), then the user's and the system's, so that aliases and jump hosts work.
    /// Jump hosts are logged in to with the same file.
    /// </summary>
    public static string Configuration(TargetOptions options) => $"""
        # Written by Forge for one connection.
        Host *
          BatchMode yes
          StrictHostKeyChecking yes
          UpdateHostKeys no
          UserKnownHostsFile {Quote(options.KnownHostsPath)} {Quote(Path.Combine(options.UserSshFolder, "known_hosts"))}
          ForwardAgent no
          ForwardX11 no
          ClearAllForwardings yes
          PermitLocalCommand no
          RequestTTY no
          EscapeChar none
          LogLevel ERROR
          ServerAliveInterval 10
          ServerAliveCountMax 3
          TCPKeepAlive yes
        Include {Quote(Path.Combine(options.UserSshFolder, "config"))}
        Include /etc/ssh/ssh_config

        """;

    /// <summary>Options of one target, for the command line, where they concern it alone and not its jump hosts.</summary>
    public static IEnumerable<string> Of(TargetDescription target, TargetOptions options)
    {
        foreach (var (keyword, value) in target.Options)
        {
            yield return "-o" + keyword + "=" + value;
        }

        yield return "-oConnectTimeout=" + target.ConnectingTimeout.ToString(CultureInfo.InvariantCulture);
        if (target.KnownHostsFile is { } known)
        {
            yield return $"-oUserKnownHostsFile={Quote(known)} {Quote(options.KnownHostsPath)} {Quote(Path.Combine(options.UserSshFolder, "known_hosts"))}";
        }

        if (target.Port is { } port)
        {
            yield return "-oPort=" + port.ToString(CultureInfo.InvariantCulture);
        }

        if (target.UserName is { } user)
        {
            yield return "-oUser=" + user;
        }

        if (target.KeyFilePath is { } key)
        {
            yield return "-oIdentityFile=" + Quote(key);
            yield return "-oIdentitiesOnly=yes";
        }
    }

    /// <summary>The name that ssh connects to: an alias is resolved by the user's configuration.</summary>
    public static string Destination(TargetDescription target) => target.HostName ?? target.Name;

    /// <summary>A path as the value of an ssh option: quoted, its percent signs doubled (they are tokens otherwise).</summary>
    public static string Quote(string path) => "\"" + path.Replace("%", "%%", StringComparison.Ordinal) + "\"";
}
