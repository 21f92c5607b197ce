using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>
/// Sets one kernel parameter now and for every boot, in a file of its own, so that taking one back leaves the others. Other values for it in <c>/etc</c> are
/// commented out, since the last file wins (sysctl.d(5)).
/// </summary>
public sealed record SysctlAction : TypedAction
{
    /// <summary>The parameter.</summary>
    public required string Key { get; init; }

    /// <summary>Its value.</summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    public override string Kind => "sysctl";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => IsOneWay
        ? new RiskAssessment(ActionRisk.Irreversible, $"the kernel keeps {Key} = {Value} until the next boot")
        : Key.Contains("disable_ipv6", StringComparison.Ordinal)
            ? new RiskAssessment(ActionRisk.LockoutCapable, $"{Key} ends connections over IPv6")
            : new RiskAssessment(ActionRisk.Reversible, $"it changes {Key}");

    // Documentation/admin-guide/sysctl/kernel.rst and LSM/Yama.rst of the kernel: these values cannot be lowered again.
    private bool IsOneWay => (Key.Replace('/', '.'), Value) is ("kernel.modules_disabled", "1") or ("kernel.kexec_load_disabled", "1")
        or ("kernel.unprivileged_bpf_disabled", "1") or ("kernel.yama.ptrace_scope", "3");

    private string File => $"/etc/sysctl.d/zz-forge-{Key.Replace('/', '.')}.conf";

    /// <inheritdoc/>
    public override string Describe() => $"set {Key} = {Value} now and at boot";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("key", Key), ("value", Value)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "sysctl"];

    private protected override IReadOnlyList<(string Name, string Value)> Variables => [("key", Key), ("value", Value), ("file", File)];

    private protected override IReadOnlyList<Resource> Touches() => [new(ResourceKind.Sysctl, Key), FileOf(File)];

    private protected override InvalidField? FindOwnFault() =>
        Key.Split('.', '/').Any(p => p.Length == 0) ? new InvalidField("key", "has an empty part") : FaultOf(Value);

    /// <summary>What stands against a value. A pipe makes the kernel run a program (core(5)); only the one that does nothing is let through.</summary>
    internal static InvalidField? FaultOf(string value) =>
        FieldRules.Value("value", value)
        ?? (value.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '_' or '-' or '/' or ',' or '%' or ':') || value == "|/bin/false"
            ? null : new InvalidField("value", "holds characters that no kernel parameter has"));
}
