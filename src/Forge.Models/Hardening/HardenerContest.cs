using Forge.Core.Errors;
using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;

namespace Forge.Models.Hardening;

/// <summary>Asks two hardening models for the same held-out texts, one model after the other, and compares their answers.</summary>
/// <param name="source">Opens models.</param>
/// <param name="clock">The time.</param>
public sealed class HardenerContest(IHardenerSource source, TimeProvider clock)
{
    /// <summary>Compares.</summary>
    /// <param name="reference">What is compared against; null for no model.</param>
    /// <param name="difference">What is compared; null for no model.</param>
    /// <param name="rules">The texts, at least one.</param>
    /// <param name="limit">Time for both.</param>
    /// <param name="progress">Told the model at work, how many of its texts are answered, and of how many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ForgeException">
    /// Ids <c>HardenerFileMissing</c>, <c>HardenerFileChanged</c>, <c>ComparisonTimedOut</c>, <c>HeldOutEmpty</c>, or what the source or a model throws.
    /// </exception>
    public async Task<ProposalComparison> CompareAsync(
        HardenerModel? reference, HardenerModel? difference, IReadOnlyList<HeldOutRule> rules, TimeSpan limit, Action<string, int, int> progress, CancellationToken cancellationToken)
    {
        if (rules.Count == 0)
        {
            throw new ForgeException(
                "HeldOutEmpty", ForgeErrorKind.BadInput, "No held-out text is in the sets and the wording that were asked for.", "Name other sets with -Set or another -Wording, or another file with -HeldOutPath.");
        }

        // Both files first: after minutes with the one, a message about the other would come late.
        foreach (var model in new[] { reference, difference }.OfType<HardenerModel>())
        {
            await HardenerFolder.RequireFileAsync(model, cancellationToken);
        }

        var start = clock.GetTimestamp();
        var exam = new HeldOutExam(rules, clock);
        var one = await AskAsync(exam, reference, limit, n => progress(NameOf(reference), n, rules.Count), cancellationToken);
        var other = await AskAsync(exam, difference, limit - clock.GetElapsedTime(start), n => progress(NameOf(difference), n, rules.Count), cancellationToken);
        return ProposalComparer.Compare(NameOf(reference), one, NameOf(difference), other);
    }

    private static string NameOf(HardenerModel? model) => model?.Name ?? HardenerShelf.None;

    private async Task<IReadOnlyList<HeldOutAnswer>> AskAsync(HeldOutExam exam, HardenerModel? model, TimeSpan limit, Action<int> progress, CancellationToken cancellationToken)
    {
        var proposer = model is null ? new NoProposer() : source.Open(model);
        try
        {
            return await exam.AskAsync(NameOf(model), proposer, limit, progress, cancellationToken);
        }
        finally
        {
            if (proposer is IAsyncDisposable slow)
            {
                await slow.DisposeAsync();
            }
            else
            {
                (proposer as IDisposable)?.Dispose();
            }
        }
    }
}
