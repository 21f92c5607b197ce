using Forge.Core.Errors;

namespace Forge.Models.Hardening;

/// <summary>Decides which hardening model is restored when the enabled one is disabled. Writes nothing; see <see cref="HardenerShelf.RecordAsync"/>.</summary>
public static class HardenerRestoration
{
    /// <summary>Decides.</summary>
    /// <param name="shelf">The models.</param>
    /// <param name="clock">The time.</param>
    /// <param name="user">Who decides.</param>
    /// <param name="reason">The user's reason; empty for none.</param>
    /// <returns>The decision, and what was passed over because it cannot be used any more.</returns>
    /// <exception cref="ForgeException">Id <c>NothingBefore</c>.</exception>
    public static (HardenerChange Change, IReadOnlyList<ForgeException> PassedOver) Decide(HardenerShelf shelf, TimeProvider clock, string user, string reason)
    {
        var (enabled, before) = (shelf.EnabledName, shelf.Before());
        List<ForgeException> passedOver = [.. before.TakeWhile(b => b.Fault is not null).Select(b => b.Fault!)];
        if (before.Count == passedOver.Count)
        {
            throw new ForgeException(
                "NothingBefore", ForgeErrorKind.NotFound, $"Nothing that can be used was enabled before {enabled}.", "To use no hardening model at all: Enable-ForgeModel None -Reason '...'.", enabled);
        }

        var (name, model, _) = before[passedOver.Count];
        var decision = $"{(enabled == HardenerShelf.None ? "Hardening models were switched off" : $"{enabled} was disabled")}; {(name == HardenerShelf.None ? "none is enabled" : $"{name} is enabled")} again, as before it.";
        return (new HardenerChange(clock.GetUtcNow(), HardenerChangeKind.Restored, name, model?.Sha256, enabled, user, false, reason, decision, null), passedOver);
    }
}
