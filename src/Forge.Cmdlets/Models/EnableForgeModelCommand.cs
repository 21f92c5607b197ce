using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;
using Forge.Models.Hardening;

namespace Forge.Cmdlets.Models;

/// <summary>
/// Enables a hardening model: only where it answers held-out rules better than the enabled one beyond the noise, which it finds out itself, or where the user
/// says so with a reason. What was decided, and why, is kept. Its exit says Failed where the model was refused.
/// </summary>
/// <example>
/// <para>Enables a model of your own, if it is better beyond the noise.</para>
/// <code>Enable-ForgeModel forge-hardener-own</code>
/// </example>
/// <example>
/// <para>Enables it although that could not be shown; the reason is kept.</para>
/// <code>Enable-ForgeModel forge-hardener-own -Force -Reason 'trained on our own estate'</code>
/// </example>
[Cmdlet(VerbsLifecycle.Enable, "ForgeModel", SupportsShouldProcess = true)]
[OutputType(typeof(HardenerChange))]
public sealed class EnableForgeModelCommand : HardenerCmdlet
{
    /// <summary>Name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Name of the hardening model; None switches hardening models off.")]
    [ArgumentCompleter(typeof(HardenerCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Why.</summary>
    [Parameter(HelpMessage = "Why; kept with the decision. Needed with -Force and for None.")]
    public string Reason { get; set; } = "";

    /// <summary>Whatever the figures say.</summary>
    [Parameter(HelpMessage = "Enable it whatever the figures say; takes -Reason.")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var promotion = new HardenerPromotion(Shelf, Contest, TimeProvider.System, Environment.UserName);
        var change = await promotion.DecideAsync(Name, Reason, Force.IsPresent, Budget, ProgressOf(sink), cancellationToken);
        var isRefused = change.Kind == HardenerChangeKind.Refused;
        if (await sink.ShouldProcessAsync($"{Name} (enabled is {change.Before})", $"{(isRefused ? "keep the refusal" : "enable it")} in {Shelf.HistoryFile}. {change.Decision}"))
        {
            await Shelf.RecordAsync(change, cancellationToken);
            if (!isRefused)
            {
                await sink.WriteAsync(change);
            }
        }

        if (isRefused)
        {
            throw new ForgeException("HardenerNotBetter", ForgeErrorKind.Refused, $"{Name} was not enabled. {change.Decision}", $"{change.Before} stays. To enable it all the same: -Force -Reason '...'.", Name);
        }
    }
}
