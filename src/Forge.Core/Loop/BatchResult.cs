namespace Forge.Core.Loop;

/// <summary>How a batch ended.</summary>
public sealed class BatchResult
{
    private readonly List<AttemptOutcome> _outcomes = [];

    /// <summary>Outcomes of its items in the order in which they ended; one that was queued again is not among them.</summary>
    public IReadOnlyList<AttemptOutcome> Outcomes => _outcomes;

    /// <summary>Whether the machine was unhealthy after it.</summary>
    public bool Suffered { get; set; }

    /// <summary>How many were kept.</summary>
    public int Kept => _outcomes.Count(Judgement.Keeps);

    /// <summary>The result of one attempt.</summary>
    public static BatchResult Of(AttemptOutcome outcome)
    {
        var result = new BatchResult();
        result.Add(outcome);
        return result;
    }

    /// <summary>Adds how an item ended.</summary>
    public void Add(AttemptOutcome outcome)
    {
        if (outcome.State != ItemState.Queued)
        {
            _outcomes.Add(outcome);
        }
    }

    /// <summary>With what was done again.</summary>
    public BatchResult With(BatchResult again)
    {
        _outcomes.AddRange(again._outcomes);
        Suffered |= again.Suffered;
        return this;
    }
}
