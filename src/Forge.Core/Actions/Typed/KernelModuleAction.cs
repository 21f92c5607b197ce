using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>
/// Forbids one kernel module in a file of its own in <c>/etc/modprobe.d</c>. One that is loaded is not unloaded, so that taking it back is exact; one that is in
/// use is refused on the host.
/// </summary>
public sealed record KernelModuleAction : TypedAction
{
    /// <summary>The module.</summary>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public override string Kind => "kernel-module";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.Reversible, $"it forbids module {Name} from the next boot on");

    /// <inheritdoc/>
    public override string Describe() => $"forbid kernel module {Name}";

    private string File => $"/etc/modprobe.d/{Name}.conf";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("name", Name), ("state", "disabled")];

    private protected override IReadOnlyList<string> Fragments => ["replace", "modprobe", "kernel-module"];

    private protected override IReadOnlyList<(string Name, string Value)> Variables =>
        [("file", File), ("module", Name), ("directives", "install blacklist"), ("wanted", $"install {Name} /bin/false\nblacklist {Name}")];

    private protected override IReadOnlyList<Resource> Touches() => [new(ResourceKind.KernelModule, Name), FileOf(File)];
}
