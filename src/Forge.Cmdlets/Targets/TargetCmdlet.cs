using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Targets;

/// <summary>Base of commands that work on targets: by name from the inventory, or one that is not in it by its ssh parameters.</summary>
public abstract class TargetCmdlet : SshCmdlet
{
    /// <summary>Names, wildcards or <c>tag:...</c>.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "Target: a name of the inventory, a wildcard, tag:..., an ssh alias or a lab.")]
    [Alias("Name", "ComputerName")]
    [ArgumentCompleter(typeof(TargetCompleter))]
    [SupportsWildcards]
    public string[] Target { get; set; } = [];

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
            return [DescribeTarget(host)];
        }

        throw new Core.Errors.ForgeException(
            "TargetMissing", Core.Errors.ForgeErrorKind.BadInput, "No target was given.", "Give -Target with a name, or -HostName; Get-ForgeTarget lists the inventory.");
    }
}
