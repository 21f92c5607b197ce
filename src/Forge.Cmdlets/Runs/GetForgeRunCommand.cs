using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Journal;

namespace Forge.Cmdlets.Runs;

/// <summary>Gets runs, newest first.</summary>
/// <example>
/// <para>Shows the newest runs.</para>
/// <code>Get-ForgeRun -Last 5</code>
/// </example>
/// <example>
/// <para>Goes on with all that were stopped.</para>
/// <code>Get-ForgeRun -Status Stopped | Resume-ForgeRun -Confirm:$false</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "ForgeRun")]
[OutputType(typeof(RunRecord))]
public sealed class GetForgeRunCommand : ForgeCmdlet
{
    /// <summary>Ids or wildcards; default all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Id or wildcard; default all.")]
    [Alias("RunId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunCompleter))]
    public string[] Id { get; set; } = ["*"];

    /// <summary>Only the newest ones.</summary>
    [Parameter(HelpMessage = "Only so many, the newest.")]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>Only those in a status.</summary>
    [Parameter(HelpMessage = "Only runs in this status.")]
    public RunStatus[] Status { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var all = await ForgeServices.Current.Runs.ListAsync(null, cancellationToken);
        foreach (var id in Id)
        {
            var pattern = Names.ToRegex(id);
            var found = all.Where(r => pattern.IsMatch(r.Id) && (Status.Length == 0 || Status.Contains(r.Status))).ToList();
            if (found.Count == 0 && !id.Contains('*', StringComparison.Ordinal) && !id.Contains('?', StringComparison.Ordinal))
            {
                found = [await ForgeServices.Current.Runs.GetAsync(id, cancellationToken)];
            }

            await sink.WriteAsync(found.Take(Last == 0 ? int.MaxValue : Last), enumerateCollection: true);
        }
    }
}
