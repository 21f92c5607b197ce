using System.Text.Json;

namespace Forge.Core.Proposals.HeldOut;

/// <summary>One text of a rule on which no model was trained, with the action that it stands for.</summary>
/// <param name="Id">Rule.</param>
/// <param name="Set">Set that it belongs to, for example <c>test</c>.</param>
/// <param name="Wording">Whose words it is written in.</param>
/// <param name="Text">The text.</param>
/// <param name="Action">The action; null where the right answer is none.</param>
public sealed record HeldOutRule(string Id, string Set, RuleWording Wording, RuleText Text, JsonElement? Action)
{
    /// <summary>The family of rules without an action.</summary>
    public const string NoAction = "none";

    /// <summary>Its kind of action, with the format where the kind has formats: <c>package</c>, <c>set-config:sshd</c>, <see cref="NoAction"/>.</summary>
    public string Family => FamilyOf(Action);

    private static string FamilyOf(JsonElement? action) => action is not { } of ? NoAction
        : of.TryGetProperty("format", out var format) ? $"{of.GetProperty("action")}:{format}"
        : of.GetProperty("action").ToString();
}
