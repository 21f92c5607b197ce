using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Models;

namespace Forge.Core.Thinking;

/// <summary>What models did on one item in a run: a fold over the journal.</summary>
public sealed class ThoughtLog
{
    private readonly List<Thought> _thoughts = [];
    private readonly List<(int Turn, PlanMade Plan)> _plans = [];

    /// <summary>What was proposed, by whomever, oldest first.</summary>
    public IReadOnlyList<Thought> Proposals => _thoughts;

    /// <summary>The turns of the user's model, oldest first.</summary>
    public IReadOnlyList<Thought> Thoughts => [.. _thoughts.Where(t => t.Arm == Worker.Arm)];

    /// <summary>What the gate held back: for people and for the user's model; null for nothing.</summary>
    public ActionSuggested? Suggestion { get; private set; }

    /// <summary>Plans of the architect with the number of turns before each, oldest first.</summary>
    public IReadOnlyList<(int Turn, PlanMade Plan)> Plans => _plans;

    /// <summary>Tokens of all requests and answers.</summary>
    public long Tokens { get; private set; }

    /// <summary>Seconds that all requests took.</summary>
    public double Seconds { get; private set; }

    /// <summary>Why no model works on the item any more; null while one may.</summary>
    public ThinkingEnded? Ended { get; private set; }

    /// <summary>Turns whose action ran on the machine.</summary>
    public int Attempts => Thoughts.Count(t => t.Attempt > 0);

    /// <summary>The proposal of an attempt; null where it was not a model's.</summary>
    public Thought? Of(int attempt) => _thoughts.LastOrDefault(t => t.Attempt == attempt && attempt > 0);

    /// <summary>Takes an event about the item.</summary>
    public void Apply(ForgeEvent e)
    {
        switch (e)
        {
            case ModelAsked asked:
                Tokens += asked.Usage.Tokens;
                Seconds += asked.Seconds;
                break;
            case ActionProposed p:
                _thoughts.Add(new Thought { Turn = p.Turn, Attempt = p.Attempt, Proposal = p.Proposal, Summary = p.Summary, Digest = p.Digest, Mode = p.Mode, Reason = p.Refusal, Arm = p.Arm });
                break;
            case ActionSuggested suggestion:
                Suggestion = suggestion;
                break;
            case PlanMade plan:
                _plans.Add((Thoughts.Count, plan));
                break;
            case LessonDrawn drawn when _thoughts.LastOrDefault(t => t.Turn == drawn.Turn) is { } thought:
                thought.Lesson = drawn.Mechanism;
                break;
            case ThinkingEnded ended:
                Ended = ended;
                break;
            case ItemEnded { Result: var result } when Of(result.Attempts) is { Mode: FailureMode.None, Reason: "" } open && result.Outcome != ItemState.Queued:
                (open.Mode, open.Reason) = (result.FailureMode, result.Reason);
                break;
        }
    }
}
