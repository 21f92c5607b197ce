using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Sets one line of a file in <c>/etc/modprobe.d</c> (modprobe.d(5)). A command behind <c>install</c> is only the one that does nothing.</summary>
public sealed record ModprobeLine : SetConfigAction
{
    /// <summary>Absolute path of the file.</summary>
    public required string Path { get; init; }

    /// <summary><c>install</c>, <c>blacklist</c> or <c>options</c>.</summary>
    public required string Directive { get; init; }

    /// <summary>The module.</summary>
    public required string Module { get; init; }

    /// <summary>What follows the module; empty for <c>blacklist</c>.</summary>
    public string Value { get; init; } = "";

    /// <inheritdoc/>
    public override string Format => "modprobe";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.Reversible, $"it changes how {Module} is loaded");

    /// <inheritdoc/>
    public override string Describe() => $"set '{Line}' in {Path}";

    private string Line => Value.Length == 0 ? $"{Directive} {Module}" : $"{Directive} {Module} {Value}";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields =>
        [("file", Path), ("directive", Directive), ("module", Module), ("value", Value.Length == 0 ? null : Value)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "modprobe"];

    private protected override IReadOnlyList<(string Name, string Value)> Variables =>
        [("file", Path), ("module", Module), ("directives", Directive), ("wanted", Line)];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(Path), new(ResourceKind.KernelModule, Module)];

    private protected override InvalidField? FindOwnFault() =>
        FieldRules.Path("file", Path)
        ?? (Path.StartsWith("/etc/modprobe.d/", StringComparison.Ordinal) && Path.EndsWith(".conf", StringComparison.Ordinal)
            ? null : new InvalidField("file", "must end with .conf in /etc/modprobe.d"))
        ?? (Directive switch
        {
            "install" => Value is "/bin/false" or "/bin/true" ? null : new InvalidField("value", "must be /bin/false or /bin/true for install"),
            "blacklist" => Value.Length == 0 ? null : new InvalidField("value", "must be left out for blacklist"),
            _ => Value.Length > 0 && Value.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or '-' or '=' or '.' or ',' or ':')
                ? FieldRules.Value("value", Value) : new InvalidField("value", "must be parameters such as name=value"),
        });
}
