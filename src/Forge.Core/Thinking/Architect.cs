using System.Text.Json;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Models;
using Forge.Core.Prompts;
using Forge.Core.Skills;

namespace Forge.Core.Thinking;

/// <summary>Asks the architect whether to go on with an item. An answer that cannot be read counts as going on, and is recorded as what it is.</summary>
/// <param name="caller">Asks models.</param>
/// <param name="prompts">The skill's prompts.</param>
/// <param name="allowScripts">Whether the worker may propose scripts.</param>
public sealed class Architect(ModelCaller caller, PromptLibrary prompts, bool allowScripts)
{
    private static readonly JsonElement Schema = JsonSerializer.Deserialize<JsonElement>("""
        {"type":"object","properties":{"verdict":{"enum":["CONTINUE","PIVOT","ESCALATE"]},"plan":{"type":"string","maxLength":600}},"required":["verdict","plan"],"additionalProperties":false}
        """);

    /// <summary>Asks.</summary>
    /// <exception cref="Errors.ForgeException">The model is down or cannot answer.</exception>
    public async Task<PlanMade> PlanAsync(SkillSession session, ItemEntry entry, ThinkTrigger trigger, CancellationToken cancellationToken)
    {
        if (caller.Find(ModelRole.Architect) is not { } model)
        {
            return new PlanMade(trigger.Name, ArchitectVerdict.Continue, "", false);
        }

        var values = PromptValues.Of(session, entry, Worker.ToolsOf(session.Skill, allowScripts), [], trigger.Words);
        var prompt = prompts.For(ModelRole.Architect).Compose(values, model.ContextTokens - model.AnswerTokens - model.ReasoningTokens);
        var answer = await caller.AskAsync(new ModelQuestion(ModelRole.Architect, model, entry.Finding.Id, entry.Thinking.Thoughts.Count, prompt, Schema), cancellationToken);
        return Read(answer.Text, trigger.Name);
    }

    /// <summary>What an answer says; never guessed.</summary>
    public static PlanMade Read(string text, string trigger)
    {
        ArchitectVerdict? verdict = ModelReading.ObjectOf(text) is { } json ? ModelReading.TextOf(json, "verdict") switch
        {
            "CONTINUE" => ArchitectVerdict.Continue,
            "PIVOT" => ArchitectVerdict.Pivot,
            "ESCALATE" => ArchitectVerdict.Escalate,
            _ => null,
        } : null;
        var plan = verdict is null ? "" : UntrustedText.Clean(ModelReading.TextOf(ModelReading.ObjectOf(text)!.Value, "plan") ?? "");
        return new PlanMade(trigger, verdict ?? ArchitectVerdict.Continue, plan, verdict is not null);
    }
}
