using System.Security.Cryptography;
using System.Text;
using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Adds one audit rule (auditctl(8)) in a file of its own in <c>/etc/audit/rules.d</c> and loads it where the kernel takes rules.</summary>
public sealed record AuditRuleAction : TypedAction
{
    /// <summary>The rule, as auditctl reads it.</summary>
    public required string Rule { get; init; }

    /// <inheritdoc/>
    public override string Kind => "audit-rule";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.Reversible, "it adds an audit rule");

    /// <inheritdoc/>
    public override string Describe() => $"audit {Rule}";

    private string File => $"/etc/audit/rules.d/forge-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Rule)))[..12]}.rules";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("rule", Rule)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "audit-rule"];

    private protected override IReadOnlyList<(string Name, string Value)> Variables => [("rule", Rule), ("file", File)];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(File)];

    private protected override InvalidField? FindOwnFault() => AuditRuleSyntax.FindFault(Rule) is { } reason ? new InvalidField("rule", reason) : null;
}
