using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;
using Forge.Models.Hardening;

namespace Forge.Cmdlets.Models;

/// <summary>Disables the enabled hardening model and restores the one that was enabled before it.</summary>
/// <example>
/// <para>Takes the enabled hardening model back and restores the one before it.</para>
/// <code>Disable-ForgeModel</code>
/// </example>
/// <example>
/// <para>The same, with a reason that is kept.</para>
/// <code>Disable-ForgeModel forge-hardener-own -Reason 'proposes packages that we do not allow'</code>
/// </example>
[Cmdlet(VerbsLifecycle.Disable, "ForgeModel", SupportsShouldProcess = true)]
[OutputType(typeof(HardenerChange))]
public sealed class DisableForgeModelCommand : ForgeCmdlet
{
    /// <summary>Name; default the enabled one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Name of the hardening model, which must be the enabled one; default the enabled one.")]
    [ArgumentCompleter(typeof(HardenerCompleter))]
    public string? Name { get; set; }

    /// <summary>Why.</summary>
    [Parameter(HelpMessage = "Why; kept with the decision.")]
    public string Reason { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var services = ForgeServices.Current;
        var shelf = services.Hardeners;
        if (Name is not null && Name != shelf.EnabledName)
        {
            throw new ForgeException("HardenerNotEnabled", ForgeErrorKind.BadInput, $"The model '{Name}' is not enabled; enabled is {shelf.EnabledName}.", "Get-ForgeModel shows what is enabled.", Name);
        }

        var (change, passedOver) = HardenerRestoration.Decide(shelf, TimeProvider.System, Environment.UserName, Reason);
        foreach (var fault in passedOver)
        {
            await sink.WriteWarningAsync($"Passed over: {fault.Message}");
        }

        if (await sink.ShouldProcessAsync($"{change.Before}", $"disable it and enable {change.Name}, the one before, in {shelf.HistoryFile}"))
        {
            await shelf.RecordAsync(change, cancellationToken);
            await sink.WriteAsync(change);
        }
    }
}
