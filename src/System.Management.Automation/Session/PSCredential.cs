using System.Net;
using System.Security;

namespace System.Management.Automation;

/// <summary>A user name with a password.</summary>
public sealed class PSCredential
{
    public PSCredential(string userName, SecureString password)
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        ArgumentNullException.ThrowIfNull(password);
        UserName = userName;
        Password = password;
    }

    public string UserName { get; }

    public SecureString Password { get; }

    public NetworkCredential GetNetworkCredential() => new(UserName, Password);
}
