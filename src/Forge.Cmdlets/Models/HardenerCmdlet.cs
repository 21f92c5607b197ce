using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Models.Hardening;

namespace Forge.Cmdlets.Models;

/// <summary>Base of commands that ask hardening models for held-out rules.</summary>
public abstract class HardenerCmdlet : ForgeCmdlet
{
    /// <summary>Time for the comparison.</summary>
    [Parameter(HelpMessage = "Time for the comparison, for example 0:15:00 or 15m.")]
    [Duration]
    public TimeSpan Budget { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The models.</summary>
    protected static HardenerShelf Shelf => ForgeServices.Current.Hardeners;

    /// <summary>Compares them; opens none yet.</summary>
    protected static HardenerContest Contest => new(ForgeServices.Current.HardenerSource, TimeProvider.System);

    /// <summary>Shows how far the comparison is.</summary>
    protected static Action<string, int, int> ProgressOf(ICmdletSink sink) => (name, done, all) =>
        sink.Progress(new ProgressRecord(1, "Asking hardening models for held-out rules", $"{name}: {done} of {all}") { PercentComplete = 100 * done / all });
}
