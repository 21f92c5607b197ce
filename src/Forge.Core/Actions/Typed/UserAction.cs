using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Sets one property of one local account (usermod(8), chage(1)). Never of the login that Forge uses: refused on the host as well.</summary>
public sealed record UserAction : TypedAction
{
    /// <summary>The account.</summary>
    public required string Name { get; init; }

    /// <summary><c>locked</c>, <c>shell</c>, <c>max-days</c>, <c>min-days</c>, <c>warn-days</c> or <c>inactive-days</c>.</summary>
    public required string Property { get; init; }

    /// <summary><c>yes</c> or <c>no</c> for locked, an absolute path for shell, days from -1 to 99999 for the others.</summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    public override string Kind => "user";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.LockoutCapable, $"it changes account {Name}");

    /// <inheritdoc/>
    public override string Describe() => $"set {Property} of account {Name} to {Value}";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("name", Name), ("property", Property), ("value", Value)];

    private protected override IReadOnlyList<string> Fragments => ["user"];

    private protected override IReadOnlyList<Resource> Touches() => [new(ResourceKind.Account, Name), FileOf("/etc/passwd"), FileOf("/etc/shadow")];

    private protected override InvalidField? FindOwnFault() => Property switch
    {
        "locked" => Value is "yes" or "no" ? null : new InvalidField("value", "must be yes or no"),
        "shell" => FieldRules.Path("value", Value),
        _ => int.TryParse(Value, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var days) && days is >= -1 and <= 99999
            && Value == days.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ? null : new InvalidField("value", "must be a number of days from -1 to 99999"),
    };
}
