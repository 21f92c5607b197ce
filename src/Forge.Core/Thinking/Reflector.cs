using System.Text.Json;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Models;
using Forge.Core.Prompts;
using Forge.Core.Skills;

namespace Forge.Core.Thinking;

/// <summary>Asks the reflector for the mechanism of a failed change.</summary>
/// <param name="caller">Asks models.</param>
/// <param name="prompts">The skill's prompts.</param>
public sealed class Reflector(ModelCaller caller, PromptLibrary prompts)
{
    private static readonly JsonElement Schema = JsonSerializer.Deserialize<JsonElement>("""
        {"type":"object","properties":{"mechanism":{"type":"string","maxLength":300}},"required":["mechanism"],"additionalProperties":false}
        """);

    /// <summary>Asks.</summary>
    /// <returns>The lesson; null where there is no model for it or its answer cannot be read.</returns>
    /// <exception cref="Errors.ForgeException">The model is down or cannot answer.</exception>
    public async Task<LessonDrawn?> DrawAsync(SkillSession session, ItemEntry entry, Thought thought, CancellationToken cancellationToken)
    {
        if (caller.Find(ModelRole.Reflector) is not { } model)
        {
            return null;
        }

        var prompt = prompts.For(ModelRole.Reflector).Compose(PromptValues.Of(session, entry, [], [], ""), model.ContextTokens - model.AnswerTokens - model.ReasoningTokens);
        var answer = await caller.AskAsync(new ModelQuestion(ModelRole.Reflector, model, entry.Finding.Id, thought.Turn, prompt, Schema), cancellationToken);
        return ModelReading.ObjectOf(answer.Text) is { } json && ModelReading.TextOf(json, "mechanism") is { Length: > 0 } mechanism
            ? new LessonDrawn(thought.Turn, UntrustedText.Clean(mechanism))
            : null;
    }
}
