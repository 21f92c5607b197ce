using Forge.Core.Findings;
using Forge.Core.Operations;
using Forge.Core.Skills;

namespace Forge.Core.Loop;

/// <summary>Whether an item that was given up is worth another attempt. The same change on the same machine ends the same way. Pure.</summary>
public static class RetryRule
{
    /// <summary>
    /// Only where something it could depend on changed since: another item's kept change touched what it touches, or a reboot lies between (once; and
    /// not for one that a reboot took away).
    /// </summary>
    public static bool MayRetry(ItemEntry entry, TargetLedger ledger, IReadOnlyDictionary<string, IReadOnlyList<Resource>> touches, Skill skill)
    {
        if (!entry.IsRetryable || entry.Attempts >= skill.MaxAttempts || entry.Result?.Elapsed >= skill.ItemBudget)
        {
            return false;
        }

        if (entry.Result?.FailureMode != FailureMode.LostAfterReboot && entry.Attempts < 2 && ledger.RebootedAt > entry.TriedAt)
        {
            return true;
        }

        var own = touches.GetValueOrDefault(entry.Finding.Id, entry.Finding.Resources);
        return ledger.AllKept.Any(k => k.Sequence > entry.TriedAt && k.Item != entry.Finding.Id && IsRelevant(k.Changes, own));
    }

    private static bool IsRelevant(HostChanges changes, IReadOnlyList<Resource> own) => new ResourceOverlap([], changes) is var overlap && own.Any(overlap.IsSame);
}
