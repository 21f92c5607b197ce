namespace Forge.Core.Skills;

/// <summary>One value that a decision is made of.</summary>
/// <param name="Name">Name in the decision file: lower-case letters, digits, dashes.</param>
/// <param name="Description">What it is, one sentence.</param>
/// <param name="Type">What kind of value it is.</param>
public sealed record DecisionInput(string Name, string Description, DecisionInputType Type)
{
    /// <summary>Whether the decision is incomplete without it.</summary>
    public bool Required { get; init; }

    /// <summary>A value as somebody could give it; empty for none.</summary>
    public string Example { get; init; } = "";

    /// <summary>Regular expression that the value, or each line of a list, must match as a whole; empty for any.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>Whether it is kept out of logs.</summary>
    public bool IsSecret => Type is DecisionInputType.Hash or DecisionInputType.Secret;

    /// <summary>The environment variable under which the action gets it.</summary>
    public string Variable => "DECISION_" + Name.Replace('-', '_').ToUpperInvariant();
}
