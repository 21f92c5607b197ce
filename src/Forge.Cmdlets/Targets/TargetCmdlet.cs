using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Targets;

/// <summary>Base of commands that work on targets: by name from the inventory, or by the ssh parameters as PowerShell remoting names them.</summary>
public abstract class TargetCmdlet : ForgeCmdlet
{
    /// <summary>Names, wildcards or <c>tag:...</c>.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "Target: a name of the inventory, a wildcard, tag:..., an ssh alias or a lab.")]
    [Alias("Name", "ComputerName")]
    [ArgumentCompleter(typeof(TargetCompleter))]
    [SupportsWildcards]
    public string[] Target { get; set; } = [];

    /// <summary>Host name or address of a machine that is not in the inventory.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Host name or address, for a machine that is not in the inventory.")]
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

    /// <summary>The services of this process.</summary>
    protected static ForgeServices Services => ForgeServices.Current;

    /// <summary>The machines of the current input object.</summary>
    protected IReadOnlyList<TargetDescription> ResolveTargets()
    {
        if (Target.Length > 0)
        {
            return TargetSelection.Find(Services, Target);
        }

        if (HostName is { } host)
        {
            return [new TargetDescription { Name = host, HostName = host, UserName = UserName, KeyFilePath = KeyFilePath, Port = Port == 0 ? null : Port }];
        }

        throw new Core.Errors.ForgeException(
            "TargetMissing", Core.Errors.ForgeErrorKind.BadInput, "No target was given.", "Give -Target with a name, or -HostName; Get-ForgeTarget lists the inventory.");
    }
}
