using System.Text;
using Forge.Core.Errors;
using Forge.Store.Runs;

namespace Forge.Store.Reports;

/// <summary>
/// Reports of a run, from its <c>run.json</c>, journal and blobs alone: they can be made again at any time, also of a run that is at work or was killed
/// (figures are then those of the journal so far). The same run gives the same bytes. Host text is data: masked, bounded, stripped of control sequences,
/// escaped.
/// </summary>
/// <param name="store">The runs.</param>
/// <param name="options">The same options that the store has.</param>
public sealed class ReportWriter(RunStore store, RunStoreOptions options)
{
    /// <summary>The report as bytes, UTF-8.</summary>
    /// <exception cref="ForgeException">Ids <c>RunNotFound</c>, <c>RunRecordDamaged</c>, <c>JournalDamaged</c>.</exception>
    public async Task<byte[]> RenderAsync(string runId, ReportFormat format, CancellationToken cancellationToken)
    {
        var story = await TellAsync(runId, cancellationToken).ConfigureAwait(false);
        var text = new HostText(options.Redactor);
        return format switch
        {
            ReportFormat.Json => JsonReport.Write(story, text),
            ReportFormat.Markdown => Encoding.UTF8.GetBytes(new MarkdownReport(text).Write(story)),
            _ => Encoding.UTF8.GetBytes(await HtmlReport.WriteAsync(story, text, new(store.BlobsOf(runId), text), cancellationToken).ConfigureAwait(false)),
        };
    }

    /// <summary>Writes the report into a file (to a temporary one, then renamed).</summary>
    /// <param name="runId">Run.</param>
    /// <param name="format">Form.</param>
    /// <param name="path">Absolute path; null for <c>report.html</c>, <c>report.json</c> or <c>report.md</c> in the run's folder.</param>
    /// <param name="cancellationToken">Cancels; no file is left then.</param>
    /// <returns>Absolute path of the file.</returns>
    /// <exception cref="ForgeException">As <see cref="RenderAsync"/>; id <c>ReportFailed</c> where the file cannot be written.</exception>
    public async Task<string> WriteAsync(string runId, ReportFormat format, string? path, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(path ?? Path.Combine(store.FolderOf(runId), "report." + Extension(format)));
        var report = await RenderAsync(runId, format, cancellationToken).ConfigureAwait(false);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            DurableFile.Write(file, report);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ForgeException(
                "ReportFailed",
                ForgeErrorKind.Refused,
                $"The report {file} cannot be written: {e.Message.TrimEnd('.')}.",
                "Give another path, or make room there.",
                runId,
                e);
        }
    }

    /// <summary>Ending of a file's name by format, without the dot.</summary>
    public static string Extension(ReportFormat format) => format switch
    {
        ReportFormat.Json => "json",
        ReportFormat.Markdown => "md",
        _ => "html",
    };

    private async Task<RunStory> TellAsync(string runId, CancellationToken cancellationToken)
    {
        var teller = new StoryTeller(await store.GetAsync(runId, cancellationToken).ConfigureAwait(false));
        await foreach (var line in store.ReadAsync(runId, follow: false, cancellationToken).ConfigureAwait(false))
        {
            teller.Take(line);
        }

        return teller.End();
    }
}
