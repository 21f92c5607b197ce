using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Runs;
using Forge.Lab.Machines;

namespace Forge.Cmdlets.Labs;

/// <summary>Gets labs.</summary>
/// <example>
/// <para>Shows all labs with their state and port.</para>
/// <code>Get-ForgeLab</code>
/// </example>
/// <example>
/// <para>Removes all that are stopped.</para>
/// <code>Get-ForgeLab | Where-Object State -eq Stopped | Remove-ForgeLab</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "ForgeLab")]
[OutputType(typeof(LabMachine))]
public sealed class GetForgeLabCommand : ForgeCmdlet
{
    /// <summary>Names or wildcards; default all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Name or wildcard; default all.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LabCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var labs = ForgeServices.Current.Labs;
        foreach (var name in Name)
        {
            var isPattern = name.Contains('*', StringComparison.Ordinal) || name.Contains('?', StringComparison.Ordinal);
            await sink.WriteAsync(isPattern ? labs.List().Where(l => Names.ToRegex(name).IsMatch(l.Name)) : [labs.Get(name)], enumerateCollection: true);
        }
    }
}
