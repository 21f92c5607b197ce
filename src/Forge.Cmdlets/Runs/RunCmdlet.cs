using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;

namespace Forge.Cmdlets.Runs;

/// <summary>Base of commands that take runs by id.</summary>
public abstract class RunCmdlet : ForgeCmdlet
{
    /// <summary>Ids of runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Id of the run, as Get-ForgeRun shows it.")]
    [Alias("RunId")]
    [ArgumentCompleter(typeof(RunCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The services of this process.</summary>
    protected static ForgeServices Services => ForgeServices.Current;
}
