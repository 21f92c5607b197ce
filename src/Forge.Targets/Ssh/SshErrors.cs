using Forge.Core.Errors;
using Forge.Core.Targets;

namespace Forge.Targets.Ssh;

/// <summary>Says what an ssh client that did not connect means, from its own words.</summary>
internal static class SshErrors
{
    private static readonly string[] Refusals =
        ["Permission denied", "Too many authentication failures", "No more authentication methods", "UNPROTECTED PRIVATE KEY FILE"];

    /// <summary>The error for a login that failed.</summary>
    public static ForgeException Classify(TargetDescription target, string said)
    {
        var where = Where(target);
        if (said.Contains("REMOTE HOST IDENTIFICATION HAS CHANGED", StringComparison.Ordinal))
        {
            return new ForgeException(
                "TargetHostKeyChanged", ForgeErrorKind.Denied, $"The host key of {where} is not the one that was trusted.",
                "Find out why: a reinstalled machine, or somebody in between. If it is right, remove the old key and trust the new one.", target.Name);
        }

        if (said.Contains("Host key verification failed", StringComparison.Ordinal) || said.Contains("host key is known", StringComparison.Ordinal))
        {
            return new ForgeException(
                "TargetHostKeyUnknown", ForgeErrorKind.Denied, $"The host key of {where} is not known.",
                $"Compare its fingerprint with the machine's own, then trust it: New-ForgeTarget {target.Name} -HostKeyFingerprint SHA256:..., with what ssh-keygen -lf says on the machine itself.", target.Name);
        }

        var refusal = Line(said, Refusals);
        return refusal is not null
            ? new ForgeException(
                "TargetAuthenticationFailed", ForgeErrorKind.Denied, $"{where} refused the login: {refusal}",
                refusal.Contains("UNPROTECTED", StringComparison.Ordinal)
                    ? $"Run: chmod 600 {target.KeyFilePath}"
                    : "Check the user name, that the key is in its authorized_keys, and that the key has no passphrase or is in the agent.", target.Name)
            : Unreachable(target, LastLine(said) ?? "the ssh client gave no reason");
    }

    /// <summary>The error for a machine that does not answer.</summary>
    public static ForgeException Unreachable(TargetDescription target, string reason, Exception? inner = null) => new(
        "TargetUnreachable", ForgeErrorKind.Unreachable, $"{Where(target)} cannot be reached: {reason}",
        "Check that the machine runs, its address and port, and the network in between.", target.Name, inner);

    private static string Where(TargetDescription target) =>
        target.HostName is { } host && host != target.Name ? $"{target.Name} ({host}{Port(target)})" : target.Name + Port(target);

    private static string Port(TargetDescription target) => target.Port is { } port ? FormattableString.Invariant($":{port}") : "";

    private static string? Line(string said, string[] marks) =>
        said.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => marks.Any(mark => line.Contains(mark, StringComparison.Ordinal)));

    private static string? LastLine(string said) =>
        said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
}
