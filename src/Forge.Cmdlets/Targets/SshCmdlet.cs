using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Targets;

/// <summary>Base of commands that can be told how ssh reaches a machine; the parameters are named as PowerShell remoting names them.</summary>
public abstract class SshCmdlet : ForgeCmdlet
{
    /// <summary>Host name, address or ssh alias.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Host name, address or ssh alias of the machine.")]
    public string? HostName { get; set; }

    /// <summary>Login name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Login name; default as the ssh configuration says.")]
    public string? UserName { get; set; }

    /// <summary>Private key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Path of the private key; default as the ssh configuration says.")]
    [Alias("IdentityFilePath")]
    public string? KeyFilePath { get; set; }

    /// <summary>TCP port, 1 to 65535.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "TCP port; default as the ssh configuration says.")]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <summary>The machine that these parameters describe.</summary>
    /// <param name="name">What it is called.</param>
    protected TargetDescription DescribeTarget(string name) => new()
    {
        Name = name,
        HostName = HostName,
        UserName = UserName,
        KeyFilePath = KeyFilePath is { } key ? GetUnresolvedProviderPathFromPSPath(key) : null,
        Port = Port == 0 ? null : Port,
    };
}
