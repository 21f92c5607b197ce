using Forge.Core.Comparison;
using Forge.Core.Errors;
using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;

namespace Forge.Models.Hardening;

/// <summary>
/// Decides whether a hardening model may be enabled: only where it is better than the enabled one beyond the noise, or the user says so with a reason. Writes
/// nothing; see <see cref="HardenerShelf.RecordAsync"/>.
/// </summary>
/// <param name="shelf">The models.</param>
/// <param name="contest">Compares them.</param>
/// <param name="clock">The time.</param>
/// <param name="user">Who decides.</param>
public sealed class HardenerPromotion(HardenerShelf shelf, HardenerContest contest, TimeProvider clock, string user)
{
    /// <summary>Decides about enabling a model.</summary>
    /// <param name="name">The model, or <see cref="HardenerShelf.None"/>.</param>
    /// <param name="reason">The user's reason; empty for none.</param>
    /// <param name="force">Enable it whatever the figures say.</param>
    /// <param name="limit">Time for the comparison.</param>
    /// <param name="progress">Told the model at work, how many of its texts are answered, and of how many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The decision: enabled or refused.</returns>
    /// <exception cref="ForgeException">
    /// Ids <c>ReasonNeeded</c>, <c>HardenerEnabledAlready</c>, <c>ModelNotFound</c>, <c>HardenerFileChanged</c>, <c>HardenerTrainedOnHeldOut</c>, and those of the comparison.
    /// </exception>
    public async Task<HardenerChange> DecideAsync(
        string name, string reason, bool force, TimeSpan limit, Action<string, int, int> progress, CancellationToken cancellationToken)
    {
        if ((force || name == HardenerShelf.None) && string.IsNullOrWhiteSpace(reason))
        {
            throw new ForgeException(
                "ReasonNeeded", ForgeErrorKind.BadInput, $"To {(force ? "enable a model whatever its figures say" : "switch hardening models off")} takes a reason; it is kept.", "Give one: -Reason '...'.", name);
        }

        var enabled = shelf.EnabledName;
        if (name == HardenerShelf.None)
        {
            return enabled == HardenerShelf.None ? throw Already(name) : ChangeOf(null, HardenerChangeKind.Enabled, enabled, false, reason, "Switched off by the user.", null);
        }

        var model = shelf.Find(name);
        await HardenerFolder.RequireFileAsync(model, cancellationToken);
        if (enabled == name && IsTheEnabledOne(model))
        {
            throw Already(name);
        }

        return await JudgeAsync(model, enabled, reason, force, limit, progress, cancellationToken);
    }

    private async Task<HardenerChange> JudgeAsync(
        HardenerModel model, string enabled, string reason, bool force, TimeSpan limit, Action<string, int, int> progress, CancellationToken cancellationToken)
    {
        HeldOutSet? heldOut = null;
        ProposalComparison comparison;
        try
        {
            heldOut = HeldOutReader.Read(shelf.HeldOutPath);
            RequireHeldOut(model, heldOut);
            comparison = await contest.CompareAsync(Reference(), model, heldOut.Select([], null), limit, progress, cancellationToken);
        }
        catch (ForgeException e) when (force && e.Id != "HardenerTrainedOnHeldOut")
        {
            // The user answers for it; what is not known is written down as not known.
            return ChangeOf(model, HardenerChangeKind.Enabled, enabled, true, reason, $"Enabled by the user without a comparison, which failed: {e.Message}", null);
        }

        var unknown = HardenerFolder.TrainedIds(model) is null ? $" Its folder has no {HardenerFolder.TrainedIdsFile}, so that nothing shows that it never saw these rules." : "";
        var (figures, better) = (HardenerFigures.Of(comparison, heldOut), comparison.Verdict == ComparisonVerdict.Better);
        return (better, force) switch
        {
            (true, _) => ChangeOf(model, HardenerChangeKind.Enabled, enabled, false, reason, comparison.Sentence + unknown, figures),
            (_, true) => ChangeOf(model, HardenerChangeKind.Enabled, enabled, true, reason, $"Enabled by the user against the figures. {comparison.Sentence}{unknown}", figures),
            _ => ChangeOf(model, HardenerChangeKind.Refused, enabled, false, reason, $"Not better than {comparison.Reference.Name} beyond the noise. {comparison.Sentence}{unknown}", figures),
        };
    }

    /// <summary>What it has to beat: the enabled one; where models are switched off, the one that was enabled last, so that switching off is no way around it.</summary>
    private HardenerModel? Reference() => shelf.EnabledName == HardenerShelf.None
        ? shelf.Before().Select(b => b.Model).FirstOrDefault(m => m is not null)
        : shelf.Enabled();

    private bool IsTheEnabledOne(HardenerModel model)
    {
        try
        {
            return shelf.Enabled()?.Sha256 == model.Sha256;
        }
        catch (ForgeException e) when (e.Id == "HardenerReplaced")
        {
            return false;
        }
    }

    private static void RequireHeldOut(HardenerModel model, HeldOutSet heldOut)
    {
        if (HardenerShelf.Leaked(model, heldOut) is { Count: > 0 } leaked)
        {
            throw new ForgeException(
                "HardenerTrainedOnHeldOut", ForgeErrorKind.Refused,
                $"The model {model.Name} was trained on {leaked.Count} of the held-out rules ({string.Join(", ", leaked.Take(5))}{(leaked.Count > 5 ? ", ..." : "")}), so that no comparison over them says anything.",
                "Train it again without them; Export-ForgePreference leaves them out.", model.Name);
        }
    }

    private HardenerChange ChangeOf(HardenerModel? model, HardenerChangeKind kind, string before, bool forced, string reason, string decision, HardenerFigures? figures) =>
        new(clock.GetUtcNow(), kind, model?.Name ?? HardenerShelf.None, model?.Sha256, before, user, forced, reason, decision, figures);

    private static ForgeException Already(string name) => new(
        "HardenerEnabledAlready", ForgeErrorKind.Conflict, name == HardenerShelf.None ? "No hardening model is enabled as it is." : $"The model {name} is enabled already.", "Get-ForgeModel shows what is enabled.", name);
}
