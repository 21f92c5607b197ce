using Forge.Core.Actions;

namespace Forge.Core.Loop;

/// <summary>
/// Which changes may be made together. Low risk only: nothing that can lock out or cannot be taken back. No two that change the same package, service,
/// parameter, module or account, and none that depends on another one of the batch. Files may be shared: such changes are taken back together, the
/// newest first. Pure.
/// </summary>
public static class BatchRule
{
    /// <summary>Whether a change may be made together with others at all.</summary>
    public static bool MayShare(Draft draft) => draft.Risk.Risk < ActionRisk.LockoutCapable && draft.Entry.UnjudgedInBatch == 0;

    /// <summary>Whether a change may join those that were taken already.</summary>
    public static bool MayJoin(Draft draft, IReadOnlyList<Draft> taken) =>
        MayShare(draft) && taken.All(t => !draft.Named.SharesThing(t.Named) && !draft.Entry.Finding.DependsOn.Contains(t.Id, StringComparer.Ordinal));

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
}
