using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>
/// Sets one keyword of sshd, for all logins or in one Match block (sshd_config(5)). The first value wins, so other ones in the main file and in what it includes
/// are commented out; <c>sshd -t</c> and <c>sshd -T</c> judge a copy before anything is replaced.
/// </summary>
public sealed record SshdSetting : SetConfigAction
{
    private const string File = "/etc/ssh/sshd_config";

    // These are lists over several lines, or change how the file itself is read.
    private static readonly HashSet<string> NotOneLine = new(StringComparer.OrdinalIgnoreCase) { "Include", "Match", "HostKey", "HostCertificate", "Subsystem" };

    /// <summary>The keyword.</summary>
    public required string Key { get; init; }

    /// <summary>Its value, as it stands behind the keyword.</summary>
    public required string Value { get; init; }

    /// <summary>Criteria of the Match block it belongs to, for example <c>User backup</c>; null for all logins.</summary>
    public string? Match { get; init; }

    /// <inheritdoc/>
    public override string Format => "sshd";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.LockoutCapable, $"it changes {Key} of sshd");

    /// <inheritdoc/>
    public override string Describe() => $"set {Key} {Value} for sshd{(Match is null ? "" : $" in Match {Match}")}";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("key", Key), ("value", Value), ("match", Match)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "sshd"];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(File), SettingOf(File, Key)];

    private protected override InvalidField? FindOwnFault() =>
        NotOneLine.Contains(Key) ? new InvalidField("key", "is not a setting of one line")
        : Value.Contains('#', StringComparison.Ordinal) || Match?.Contains('#', StringComparison.Ordinal) == true ? new InvalidField("value", "must not hold a comment")
        : FieldRules.Value("value", Value) ?? (Match is null ? null : FieldRules.Value("match", Match));
}
