using Forge.Core.Actions.Shell;
using Forge.Core.Actions.Typed;
using Forge.Core.Errors;
using Forge.Core.Findings;
using Forge.Core.Loop;
using Forge.Core.Memory;
using Forge.Core.Models;
using Forge.Core.Prompts;
using Forge.Core.Skills;

namespace Forge.Core.Thinking;

/// <summary>Asks the worker for the next action: constrained JSON of the action catalogue, read exactly, checked against the item.</summary>
/// <param name="caller">Asks models.</param>
/// <param name="prompts">The skill's prompts.</param>
/// <param name="shell">Reads what a script touches; null where nothing does, then a script has the highest class.</param>
/// <param name="allowScripts">Whether the user lets a model propose scripts.</param>
public sealed class Worker(ModelCaller caller, PromptLibrary prompts, IShellSyntax? shell, bool allowScripts)
{
    /// <summary>Arm under which what a user's model fixes is counted.</summary>
    public const string Arm = "model";

    private const string RunScript = "run-script";
    private const int MostQuoted = 400;

    /// <summary>The types of action that a model may propose for a skill.</summary>
    public static IReadOnlyList<ActionType> ToolsOf(Skill skill, bool allowScripts) =>
        [.. ActionCatalog.Default.Types.Where(t => (allowScripts || t.Name != RunScript) && (skill.Thinking.Actions.Count == 0 || skill.Thinking.Actions.Contains(t.Name)))];

    /// <summary>The next move on an item.</summary>
    /// <param name="session">The skill at work.</param>
    /// <param name="entry">The item.</param>
    /// <param name="touches">What the item touches, as its content says.</param>
    /// <param name="tips">Lessons of earlier runs.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ForgeException">The model is down or cannot answer.</exception>
    public async Task<WorkerMove> NextAsync(SkillSession session, ItemEntry entry, IReadOnlyList<Resource> touches, IReadOnlyList<Tip> tips, CancellationToken cancellationToken)
    {
        var model = caller.Find(ModelRole.Worker) ?? throw new ForgeException("ModelDown", ForgeErrorKind.Unreachable, "There is no model for the worker (any more).");
        var tools = ToolsOf(session.Skill, allowScripts);
        var schema = ProposalParser.SchemaFor(tools.Select(t => t.Name), session.Skill.Thinking.Steps, GiveUp.Schema);
        if (model.OnlyWordsOfItem)
        {
            schema = SchemaNarrowing.Narrow(schema, entry.Finding, touches) ?? schema;
        }

        var room = model.ContextTokens - model.AnswerTokens - model.ReasoningTokens - TokenEstimate.Of(schema.GetRawText());
        var prompt = prompts.For(ModelRole.Worker).Compose(PromptValues.Of(session, entry, tools, tips, ""), room);
        var answer = await caller.AskAsync(new ModelQuestion(ModelRole.Worker, model, entry.Finding.Id, entry.Thinking.Thoughts.Count + 1, prompt, schema), cancellationToken);
        var move = Read(answer.Text, entry, GuardOf(session, touches), tools, session.Skill.Thinking.Steps);
        return move.Action is { } action ? move with { Action = await WithEffectsAsync(action, shell, cancellationToken) } : move;
    }

    /// <summary>What an answer says; never guessed.</summary>
    public static WorkerMove Read(string text, ItemEntry entry, GuardOptions guard, IReadOnlyList<ActionType> tools, int mostSteps)
    {
        if (ModelReading.ObjectOf(text) is not { } json)
        {
            return new WorkerMove(Quote(text), null, FailureMode.Unreadable, "the answer is no JSON object");
        }

        if (ModelReading.TextOf(json, "action") == GiveUp.Name)
        {
            return new WorkerMove(json.GetRawText(), null, FailureMode.GivenUp, UntrustedText.Clean(ModelReading.TextOf(json, "reason") ?? ""));
        }

        try
        {
            var action = ProposalParser.Parse(json, Arm, mostSteps);
            var steps = action is SequenceAction sequence ? sequence.Steps : [action];
            if (steps.Select(s => Refusal(s, entry, guard, tools)).FirstOrDefault(r => r is not null) is { } refusal)
            {
                return new WorkerMove(json.GetRawText(), action, FailureMode.PolicyViolation, refusal);
            }

            var digest = ClassedAction.DigestOf(action);
            return entry.Thinking.Proposals.LastOrDefault(t => t.Digest == digest && t.Mode != FailureMode.None) is { } before
                ? new WorkerMove(json.GetRawText(), action, FailureMode.Plateau, $"the same change failed {(before.Arm == Arm ? $"in turn {before.Turn}" : $"when {before.Arm} proposed it")}: {before.Reason}")
                : new WorkerMove(json.GetRawText(), action, FailureMode.None, "");
        }
        catch (ForgeException e) when (e.Id == "ActionInvalid")
        {
            return new WorkerMove(Quote(json.GetRawText()), null, FailureMode.Unreadable, e.Message);
        }
    }

    /// <summary>An action whose scripts a real parser has read.</summary>
    public static async Task<TypedAction> WithEffectsAsync(TypedAction action, IShellSyntax? shell, CancellationToken cancellationToken)
    {
        if (action is SequenceAction sequence)
        {
            var steps = new List<TypedAction>();
            foreach (var step in sequence.Steps)
            {
                steps.Add(await WithEffectsAsync(step, shell, cancellationToken));
            }

            return sequence with { Steps = steps };
        }

        return action is RunScriptAction script && shell is not null ? script with { Effects = await shell.ReadAsync(script.Script, cancellationToken) } : action;
    }

    private static string? Refusal(TypedAction action, ItemEntry entry, GuardOptions guard, IReadOnlyList<ActionType> tools) =>
        !tools.Any(t => t.Name == action.Kind) ? $"{action.Kind} is not allowed here" : ProposalGuard.Check(action, entry.Finding, guard) is { Allowed: false } verdict ? verdict.Reason : null;

    private GuardOptions GuardOf(SkillSession session, IReadOnlyList<Resource> touches) =>
        new() { AllowScripts = allowScripts, LoginUser = session.Target.UserName, BoundToItem = session.Skill.Thinking.BoundToItem, Resources = touches };

    private static string Quote(string text) => UntrustedText.Clean(text) is var clean && clean.Length > MostQuoted ? clean[..MostQuoted] + "…" : clean;
}
