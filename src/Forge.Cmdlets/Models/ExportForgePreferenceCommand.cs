using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Runs;
using Forge.Core.Errors;
using Forge.Core.Proposals.Preferences;
using Forge.Models.Hardening;

namespace Forge.Cmdlets.Models;

/// <summary>Writes what one's own runs showed of proposed actions into a folder from which a hardening model can be trained on, with the script that does it.</summary>
/// <example>
/// <para>Writes what the last ten runs proved, and what failed, into a folder to train on.</para>
/// <code>Get-ForgeRun -Last 10 | Export-ForgePreference -Path ./own</code>
/// </example>
/// <example>
/// <para>Trains a hardening model on it in a clone of Forge.</para>
/// <code>
/// Export-ForgePreference (Get-ForgeRun -Last 1).Id ./own
/// sh ./own/train.sh ~/forge
/// </code>
/// </example>
[Cmdlet(VerbsData.Export, "ForgePreference", SupportsShouldProcess = true)]
[OutputType(typeof(ExportedPreferences))]
public sealed class ExportForgePreferenceCommand : ForgeCmdlet
{
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);
    private int _read;

    /// <summary>Ids of runs, or items of runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "Id of the run; runs of Get-ForgeRun bind by their Id, items of Invoke-ForgeTask by their RunId.")]
    [Alias("Id")]
    [RunId]
    [ArgumentCompleter(typeof(RunCompleter))]
    public string[] RunId { get; set; } = [];

    /// <summary>The folder.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "Folder to write; it must not exist or be empty.")]
    public string Path { get; set; } = "";

    /// <summary>File with held-out rules.</summary>
    [Parameter(HelpMessage = "File with held-out rules, which are left out (JSON lines); default the one that came with Forge.")]
    public string? HeldOutPath { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        _runs.UnionWith(RunId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var heldOut = await HeldOutIdsAsync(sink);
        var all = await ReadAsync(sink, cancellationToken);
        if (_read == 0 && _runs.Count > 0)
        {
            return;
        }

        List<Preference> kept = [.. all.Where(p => !heldOut.Contains(p.Id))];
        if (kept.Count == 0)
        {
            throw new ForgeException(
                "NothingToExport", ForgeErrorKind.NotFound,
                $"In {(_read == 1 ? "one run" : $"{_read} runs")} no proposed action was proven or refused{(all.Count > 0 ? $", but for {all.Count} on rules that are held out to compare models" : "")}.",
                "Name runs in which a model or an extractor proposed actions (Measure-ForgeRun shows the arms).");
        }

        var folder = new PreferenceFolder(GetUnresolvedProviderPathFromPSPath(Path));
        if (await sink.ShouldProcessAsync(folder.Folder, $"write {kept.Count} preferences"))
        {
            await folder.WriteAsync(kept, cancellationToken);
            await sink.WriteAsync(new ExportedPreferences(
                folder.Folder, kept.Count, kept.Count(p => p.Chosen is not null), kept.Sum(p => p.Rejected.Count), all.Count - kept.Count, kept.SelectMany(p => p.Runs).Distinct(StringComparer.Ordinal).Count()));
        }
    }

    /// <summary>What the runs show; a run whose journal does not verify, or has no end, is an error of its own and gives nothing.</summary>
    private async Task<IReadOnlyList<Preference>> ReadAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var reader = new PreferenceReader();
        foreach (var id in _runs)
        {
            try
            {
                await reader.AddAsync(id, ForgeServices.Current.Runs.ReadAsync(id, false, cancellationToken), cancellationToken);
                _read++;
            }
            catch (ForgeException e)
            {
                SetOutcome(ForgeOutcome.Failed);
                await sink.WriteErrorAsync(e, id);
            }
        }

        return reader.End();
    }

    private async Task<HashSet<string>> HeldOutIdsAsync(ICmdletSink sink)
    {
        var path = HeldOutPath is null ? ForgeServices.Current.Hardeners.HeldOutPath : System.IO.Path.GetFullPath(GetUnresolvedProviderPathFromPSPath(HeldOutPath));
        if (HeldOutPath is null && !File.Exists(path))
        {
            await sink.WriteWarningAsync($"There is no {path}: nothing says which rules are held out, so that a model trained on this may be refused by Enable-ForgeModel.");
            return [];
        }

        return HeldOutReader.Read(path).Rules.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
    }
}
