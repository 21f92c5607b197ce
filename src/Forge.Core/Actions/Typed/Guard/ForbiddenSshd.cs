namespace Forge.Core.Actions.Typed;

/// <summary>What no proposal may set for sshd: where it listens, whose keys it takes, who may log in (a decision of people), and what opens it. Pure.</summary>
internal static class ForbiddenSshd
{
    private static readonly HashSet<string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        "Port", "ListenAddress", "AddressFamily", "AuthorizedKeysFile", "AuthorizedKeysCommand", "AuthorizedKeysCommandUser", "AuthorizedPrincipalsFile", "AuthorizedPrincipalsCommand",
        "AuthorizedPrincipalsCommandUser", "TrustedUserCAKeys", "RevokedKeys", "AllowUsers", "AllowGroups", "DenyUsers", "DenyGroups", "ForceCommand", "AuthenticationMethods", "ChrootDirectory",
        "HostKeyAgent", "PidFile", "SecurityKeyProvider", "SetEnv",
    };

    /// <summary>Why it is forbidden, one clause; null where it is not.</summary>
    public static string? Find(SshdSetting action, string? login) =>
        Keys.Contains(action.Key) ? $"sshd's {action.Key} says who comes in and how; that is a decision of people"
        : (action.Key.ToLowerInvariant(), action.Value.ToLowerInvariant()) switch
        {
            ("pubkeyauthentication", "no") => "Forge logs in by a key",
            ("permitrootlogin", "yes") or ("permitemptypasswords", "yes") or ("permituserenvironment", not "no") or ("strictmodes", "no") or ("usepam", "no") => $"{action.Key} {action.Value} opens sshd",
            ("permitrootlogin", not ("prohibit-password" or "without-password")) when login == "root" => "Forge logs in as root",
            _ => null,
        };
}
