using Forge.Core.Actions;
using Forge.Core.Findings;

namespace Forge.Core.Loop;

/// <summary>
/// Which changes may be made together. Low risk, or what can lock out by the files that it writes alone, on a machine that can be taken back from outside
/// (<c>docs/decisions/0014-lockout-batches.md</c>). No two that change the same package, service, parameter, module or account, and none that depends on
/// another one of the batch, but for two that depend on each other: neither can hold alone. Files may be shared: such changes are taken back together, the newest first. Pure.
/// </summary>
public static class BatchRule
{
    // What is wrong in these shows at the next boot, and not in a probe.
    private static readonly string[] BootPaths = ["/boot", "/etc/default/grub", "/etc/grub.d", "/etc/fstab", "/etc/systemd/system"];

    /// <summary>Whether a change may be made together with others at all. What a crash left unjudged is judged with those that ran with it.</summary>
    public static bool MayShare(Draft draft) => draft.Entry.OpenBatch is not null || (draft.Entry.UnjudgedInBatch == 0 && draft.Risk.Risk switch
    {
        < ActionRisk.LockoutCapable => true,
        ActionRisk.LockoutCapable => !draft.NeedsDeadMan && draft.Attempt == 1 && WritesFilesOnly(draft),
        _ => false,
    });

    /// <summary>Whether a change may join those that were taken already.</summary>
    public static bool MayJoin(Draft draft, IReadOnlyList<Draft> taken) =>
        MayShare(draft) && taken.All(t => !draft.Named.SharesThing(t.Named) && !draft.Entry.Finding.Follows(t.Entry.Finding));

    /// <summary>
    /// The order in which a batch runs: first those whose check takes long, so that it can run beside the other changes. Not one that two of the batch depend on each
    /// other for, nor what a crash left unjudged: that is judged in the order in which it ran.
    /// </summary>
    /// <param name="drafts">The changes in their order.</param>
    /// <param name="takesLong">Whether the check of an item takes long.</param>
    /// <returns>All of them, and how many of the first ones are checked early: fewer than all.</returns>
    public static (IReadOnlyList<Draft> Drafts, int Early) WithSlowFirst(IReadOnlyList<Draft> drafts, Func<string, bool> takesLong)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        ArgumentNullException.ThrowIfNull(takesLong);
        bool IsEarly(Draft draft) => takesLong(draft.Id) && !drafts.Any(d => d != draft && (draft.Entry.Finding.Follows(d.Entry.Finding) || d.Entry.Finding.Follows(draft.Entry.Finding)));
        if (drafts.Any(d => d.Entry.OpenAttempt > 0))
        {
            return (drafts, 0);
        }

        var early = drafts.Where(IsEarly).ToList();
        return early.Count == drafts.Count ? (drafts, 0) : ([.. early, .. drafts.Except(early)], early.Count);
    }

    /// <summary>Whether a later change of the batch touched the same.</summary>
    public static bool IsTouchedLater(IReadOnlyList<Acted> all, Acted one) => all.SkipWhile(a => a != one).Skip(1).Any(one.Shares);

    /// <summary>What must be taken back with some changes: each later one that touched the same, and so on.</summary>
    /// <param name="all">The changes in the order in which they ran.</param>
    /// <param name="first">Ids of those to take back.</param>
    /// <returns>In the order in which they are to be taken back: the newest first.</returns>
    public static IReadOnlyList<Acted> WithWhatFollows(IReadOnlyList<Acted> all, IReadOnlySet<string> first)
    {
        var back = new List<Acted>();
        foreach (var acted in all)
        {
            if (first.Contains(acted.Draft.Id) || back.Any(b => b.Shares(acted)))
            {
                back.Add(acted);
            }
        }

        back.Reverse();
        return back;
    }

    /// <summary>Whether all that a change does are files that the host's journal brings back to the byte, none of which only the next boot reads.</summary>
    private static bool WritesFilesOnly(Draft draft) => draft.Effects is { Parsed: true, Mounts: false, LockoutTool: null, TouchesServices: false }
        && draft.Resources.All(r => r.Kind == ResourceKind.File && !BootPaths.Any(p => r.Name.StartsWith(p, StringComparison.Ordinal)));
}
