using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Comparison;
using Forge.Core.Errors;
using Forge.Core.Journal;

namespace Forge.Cmdlets.Runs;

/// <summary>Compares runs, paired by item, and claims no more than the data can show.</summary>
/// <example>
/// <para>Compares the two newest runs.</para>
/// <code>
/// $newest = (Get-ForgeRun -Last 2).Id
/// Compare-ForgeRun $newest[1] $newest[0]
/// </code>
/// </example>
/// <example>
/// <para>Compares the runs of two weeks, set against set.</para>
/// <code>
/// $lastWeek = (Get-ForgeRun | Where-Object StartedAt -lt (Get-Date).AddDays(-7)).Id
/// $thisWeek = (Get-ForgeRun | Where-Object StartedAt -ge (Get-Date).AddDays(-7)).Id
/// Compare-ForgeRun -Reference $lastWeek -Difference $thisWeek | Format-List
/// </code>
/// </example>
[Cmdlet(VerbsData.Compare, "ForgeRun")]
[OutputType(typeof(RunComparison))]
public sealed class CompareForgeRunCommand : ForgeCmdlet
{
    private readonly List<string> _reference = [];

    /// <summary>What is compared against: a run or several; alone, the two runs to compare, of which the older one is the reference.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Run or runs to compare against. Without -Difference: the two runs to compare; the older one is the reference.")]
    [Alias("ReferenceRun", "RunId", "Id")]
    [RunId]
    [ArgumentCompleter(typeof(RunCompleter))]
    public string[] Reference { get; set; } = [];

    /// <summary>What is compared: a run or several.</summary>
    [Parameter(Position = 1, HelpMessage = "Run or runs that are compared with the reference.")]
    [Alias("DifferenceRun")]
    [RunId]
    [ArgumentCompleter(typeof(RunCompleter))]
    public string[] Difference { get; set; } = [];

    /// <inheritdoc/>
    protected override Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        _reference.AddRange(Reference);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (Difference.Length == 0 && _reference.Count != 2)
        {
            throw new ForgeException(
                "TwoRunsNeeded", ForgeErrorKind.BadInput, $"A comparison needs two runs, or two sets; given were {_reference.Count}.",
                "Name two runs, for example Compare-ForgeRun (Get-ForgeRun -Last 2), or two sets with -Reference and -Difference.");
        }

        var reference = await ReadAsync(_reference, cancellationToken);
        if (Difference.Length > 0)
        {
            await sink.WriteAsync(RunComparer.Compare(reference, await ReadAsync(Difference, cancellationToken)));
            return;
        }

        RunRecord[] two = [.. reference.OrderBy(r => r.StartedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];
        await sink.WriteAsync(RunComparer.Compare([two[0]], [two[1]]));
    }

    private static async Task<IReadOnlyList<RunRecord>> ReadAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var runs = new List<RunRecord>();
        foreach (var id in ids)
        {
            runs.Add(await ForgeServices.Current.Runs.GetAsync(id, cancellationToken));
        }

        return runs;
    }
}
