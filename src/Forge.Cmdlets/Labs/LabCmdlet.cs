using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Lab;

namespace Forge.Cmdlets.Labs;

/// <summary>Base of commands that take labs by name.</summary>
public abstract class LabCmdlet : ForgeCmdlet
{
    /// <summary>Names of labs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Name of the lab.")]
    [ArgumentCompleter(typeof(LabCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The labs of this machine.</summary>
    protected static LabService Labs => ForgeServices.Current.Labs;
}
