using System.Management.Automation;
using System.Text;
using System.Text.Json;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Runs;
using Forge.Core.Errors;
using Forge.Core.Journal;

namespace Forge.Cmdlets.Models;

/// <summary>Writes the answers that models gave in a run into a recording, so that the run can be repeated without them.</summary>
/// <example>
/// <para>Keeps the answers of a run's models, so that it can be repeated without them.</para>
/// <code>Get-ForgeRun -Last 1 | Export-ForgeRecording -Path ./night.jsonl</code>
/// </example>
/// <example>
/// <para>Adds the recording as a model.</para>
/// <code>
/// Export-ForgeRecording (Get-ForgeRun -Last 1).Id -Path ./night.jsonl
/// Add-ForgeModel replay -Recording ./night.jsonl -Role Worker
/// </code>
/// </example>
[Cmdlet(VerbsData.Export, "ForgeRecording", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportForgeRecordingCommand : RunCmdlet
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, HelpMessage = "Path of the recording to write (.jsonl).")]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (Id is not [var id])
        {
            throw new ForgeException("RunAmbiguous", ForgeErrorKind.BadInput, $"A recording is of one run; {Id.Length} were given.", "Give one id.");
        }

        var path = System.IO.Path.GetFullPath(GetUnresolvedProviderPathFromPSPath(Path));
        if (!await sink.ShouldProcessAsync(path, $"write the answers of run {id}"))
        {
            return;
        }

        var text = new StringBuilder(JsonSerializer.Serialize(new { recording = $"answers of run {id}", source = id })).Append('\n');
        foreach (var ((role, item, turn), answer) in await AnswersAsync(id, cancellationToken))
        {
            text.Append(JsonSerializer.Serialize(new { role, item, turn, answer })).Append('\n');
        }

        await File.WriteAllTextAsync(path, text.ToString(), cancellationToken);
        await sink.WriteAsync(new FileInfo(path));
    }

    /// <summary>The answers by role, item and turn; of free reasoning and the constrained answer after it the latter.</summary>
    private static async Task<OrderedDictionary<(string Role, string? Item, int Turn), string>> AnswersAsync(string id, CancellationToken cancellationToken)
    {
        var answers = new OrderedDictionary<(string, string?, int), string>();
        var blobs = Services.Runs.BlobsOf(id);
        await foreach (var line in Services.Runs.ReadAsync(id, false, cancellationToken))
        {
            if (line.Event is ModelAsked { Answer: { } digest } asked)
            {
                answers[(asked.Role.ToString().ToLowerInvariant(), asked.Item, asked.Turn)] = Encoding.UTF8.GetString(await blobs.GetAsync(digest, cancellationToken));
            }
        }

        return answers;
    }
}
