using Forge.Core.Errors;

namespace Forge.Core.Proposals.HeldOut;

/// <summary>Asks a proposer for every text of an exam, one after another, within a time.</summary>
/// <param name="rules">The texts.</param>
/// <param name="clock">The time.</param>
public sealed class HeldOutExam(IReadOnlyList<HeldOutRule> rules, TimeProvider clock)
{
    /// <summary>Asks.</summary>
    /// <param name="name">Name of the proposer, for messages.</param>
    /// <param name="proposer">Who is asked.</param>
    /// <param name="limit">Time for all of it.</param>
    /// <param name="progress">Told how many texts are answered.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ForgeException">Id <c>ComparisonTimedOut</c>, or what the proposer throws: a text that cannot be asked is no wrong answer.</exception>
    public async Task<IReadOnlyList<HeldOutAnswer>> AskAsync(string name, IActionProposer proposer, TimeSpan limit, Action<int> progress, CancellationToken cancellationToken)
    {
        var answers = new List<HeldOutAnswer>(rules.Count);
        using var ended = new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, cancellationToken);
        try
        {
            foreach (var rule in rules)
            {
                either.Token.ThrowIfCancellationRequested();
                var start = clock.GetTimestamp();
                var proposal = await proposer.ProposeAsync(rule.Text, either.Token).WaitAsync(either.Token);
                answers.Add(new HeldOutAnswer(rule, proposal, clock.GetElapsedTime(start).TotalSeconds));
                progress(answers.Count);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested && ended.IsCancellationRequested)
        {
            throw new ForgeException(
                "ComparisonTimedOut", ForgeErrorKind.Timeout, $"The time ran out when {name} had answered {answers.Count} of {rules.Count} texts; a part of an exam is not judged.",
                "Give more time with -Budget, or one wording with -Wording.", name, e);
        }

        return answers;
    }
}
