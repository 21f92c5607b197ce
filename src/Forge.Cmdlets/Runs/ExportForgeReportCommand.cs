using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Loop;
using Forge.Store.Reports;

namespace Forge.Cmdlets.Runs;

/// <summary>Writes reports of runs.</summary>
/// <example>
/// <para>Writes the report of the last run as a page for people and as data for programs.</para>
/// <code>Get-ForgeRun -Last 1 | Export-ForgeReport -Format Html, Json -Path ./report</code>
/// </example>
/// <example>
/// <para>Writes the report of a run as soon as it ends.</para>
/// <code>Invoke-ForgeTask web01, web02 -Skill stig -AsRun -Confirm:$false | Export-ForgeReport -Format Markdown -Path ./night</code>
/// </example>
[Cmdlet(VerbsData.Export, "ForgeReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportForgeReportCommand : ForgeCmdlet
{
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);

    /// <summary>Ids of runs, or items of runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "Id of the run; items of Invoke-ForgeTask bind by their RunId.")]
    [Alias("Id")]
    [ArgumentCompleter(typeof(RunCompleter))]
    public string[] RunId { get; set; } = [];

    /// <summary>Formats.</summary>
    [Parameter(HelpMessage = "Html, Json, Markdown; several at once.")]
    public ReportFormat[] Format { get; set; } = [ReportFormat.Html];

    /// <summary>Folder to write to.</summary>
    [Parameter(HelpMessage = "Folder to write to; default the run's own folder.")]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        _runs.UnionWith(RunId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var writer = ForgeServices.Current.Reports;
        foreach (var id in _runs)
        {
            var folder = Path is null ? ForgeServices.Current.Runs.FolderOf(id) : GetUnresolvedProviderPathFromPSPath(Path);
            foreach (var format in Format)
            {
                if (await sink.ShouldProcessAsync(folder, $"write the {format} report of {id}"))
                {
                    await sink.WriteAsync(new FileInfo(await writer.WriteAsync(id, format, System.IO.Path.Combine(folder, FileNameOf(id, format)), cancellationToken)));
                }
            }
        }
    }

    /// <summary>Alone in its folder a report has a plain name; several runs in one folder are told apart by their ids.</summary>
    private string FileNameOf(string id, ReportFormat format) =>
        $"{(format == ReportFormat.Json ? "result" : "report")}{(_runs.Count > 1 && Path is not null ? "-" + id : "")}.{ReportWriter.Extension(format)}";
}
