using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Journal;

namespace Forge.Cmdlets.Runs;

/// <summary>Gets the journal of a run: everything that was sent, answered and decided.</summary>
/// <example>
/// <para>Follows a run that works in another window.</para>
/// <code>Get-ForgeEvent (Get-ForgeRun -Last 1).Id -Follow</code>
/// </example>
/// <example>
/// <para>Shows what was done about one rule, and what was taken back.</para>
/// <code>Get-ForgeRun -Last 1 | Get-ForgeEvent -ItemId sshd_disable_root_login</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "ForgeEvent")]
[OutputType(typeof(RunEvent))]
public sealed class GetForgeEventCommand : RunCmdlet
{
    /// <summary>Only events about this item.</summary>
    [Parameter(HelpMessage = "Only events about this item.")]
    public string? ItemId { get; set; }

    /// <summary>Only events of this type, for example <c>intent</c>.</summary>
    [Parameter(HelpMessage = "Only events of this type, for example intent.")]
    public string[] Type { get; set; } = [];

    /// <summary>Go on until the run ends.</summary>
    [Parameter(HelpMessage = "Go on until the run ends.")]
    public SwitchParameter Follow { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var id in Id)
        {
            await foreach (var line in Services.Runs.ReadAsync(id, Follow, cancellationToken))
            {
                var shown = new RunEvent(id, line);
                if ((ItemId is null || line.Event.Item == ItemId) && (Type.Length == 0 || Type.Contains(shown.Type, StringComparer.OrdinalIgnoreCase)))
                {
                    await sink.WriteAsync(shown);
                }
            }
        }
    }
}
