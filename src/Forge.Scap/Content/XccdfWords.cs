using System.Globalization;
using Forge.Scap.Reading;

namespace Forge.Scap.Content;

/// <summary>Words of XCCDF attributes; an unknown word is an error, never a default.</summary>
internal static class XccdfWords
{
    public static RuleSeverity Severity(GuardedXmlReader reader, string word) => word switch
    {
        "unknown" => RuleSeverity.Unknown,
        "info" => RuleSeverity.Info,
        "low" => RuleSeverity.Low,
        "medium" => RuleSeverity.Medium,
        "high" => RuleSeverity.High,
        _ => throw Unknown(reader, "severity", word),
    };

    public static string Word(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Info => "info",
        RuleSeverity.Low => "low",
        RuleSeverity.Medium => "medium",
        RuleSeverity.High => "high",
        _ => "unknown",
    };

    public static RuleRole Role(GuardedXmlReader reader, string word) => word switch
    {
        "full" => RuleRole.Full,
        "unscored" => RuleRole.Unscored,
        "unchecked" => RuleRole.Unchecked,
        _ => throw Unknown(reader, "role", word),
    };

    public static string Word(RuleRole role) => role switch
    {
        RuleRole.Unscored => "unscored",
        RuleRole.Unchecked => "unchecked",
        _ => "full",
    };

    public static double Weight(GuardedXmlReader reader, string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight >= 0 && double.IsFinite(weight)
            ? weight
            : throw Unknown(reader, "weight", word);

    private static ScapFormatException Unknown(GuardedXmlReader reader, string attribute, string word) =>
        reader.Error($"attribute '{attribute}' is '{word}', which XCCDF 1.2 does not know", "Take the file from its vendor again; it is not valid XCCDF 1.2.");
}
