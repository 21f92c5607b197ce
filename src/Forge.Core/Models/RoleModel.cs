using Microsoft.Extensions.AI;

namespace Forge.Core.Models;

/// <summary>A model at work in a role.</summary>
public sealed record RoleModel
{
    /// <summary>Name under which the user knows it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Asks it. Its faults are <see cref="Errors.ForgeException"/>: <c>BadInput</c>, <c>NotFound</c> and <c>Refused</c> say that this one request cannot be
    /// answered, other kinds that the model is not there (any more).
    /// </summary>
    public required IChatClient Client { get; init; }

    /// <summary>Tokens of its context: prompt and answer together.</summary>
    public int ContextTokens { get; init; } = 8192;

    /// <summary>Tokens of an answer at most.</summary>
    public int AnswerTokens { get; init; } = 512;

    /// <summary>Tokens of free reasoning before the constrained answer; 0 for a model that answers at once.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Whether it may use only words that stand in the item: for small models, which misspell what they copy.</summary>
    public bool OnlyWordsOfItem { get; init; }

    /// <summary>Randomness of its answers, 0 for none to 2.</summary>
    public float Temperature { get; init; } = 0.2f;

    /// <summary>How long it may be silent before it counts as down.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(100);
}
