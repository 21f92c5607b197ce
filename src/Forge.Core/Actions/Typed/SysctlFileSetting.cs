using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Sets one kernel parameter in one file that is read at boot (sysctl.d(5)); the running kernel stays as it is.</summary>
public sealed record SysctlFileSetting : SetConfigAction
{
    /// <summary><c>/etc/sysctl.conf</c> or a file in <c>/etc/sysctl.d</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The parameter.</summary>
    public required string Key { get; init; }

    /// <summary>Its value.</summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    public override string Format => "sysctl";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.Reversible, $"it changes {Key} from the next boot");

    /// <inheritdoc/>
    public override string Describe() => $"set {Key} = {Value} in {Path}";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("file", Path), ("key", Key), ("value", Value)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "lines"];

    private protected override IReadOnlyList<(string Name, string Value)> Variables =>
        [("file", Path), ("section", ""), ("key", Key), ("value", Value), ("separator", "=")];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(Path), new(ResourceKind.Sysctl, Key)];

    private protected override InvalidField? FindOwnFault() =>
        FieldRules.Path("file", Path)
        ?? (Path == "/etc/sysctl.conf" || (Path.StartsWith("/etc/sysctl.d/", StringComparison.Ordinal) && Path.EndsWith(".conf", StringComparison.Ordinal))
            ? null : new InvalidField("file", "must be /etc/sysctl.conf or end with .conf in /etc/sysctl.d"))
        ?? SysctlAction.FaultOf(Value);
}
