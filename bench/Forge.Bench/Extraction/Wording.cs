using Forge.Core.Proposals;
using Forge.Scap.Export;

namespace Forge.Bench.Extraction;

/// <summary>One wording of rules.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="Of">The text of a rule in it; null where it has none.</param>
internal sealed record Wording(string Name, Func<ExportedRule, RuleText?> Of)
{
    /// <summary>The content's own words, and its words for a check by hand below the rule's title.</summary>
    public static IReadOnlyList<Wording> All { get; } =
    [
        new("content", r => new RuleText(r.Title, r.Description, r.Resources)),
        new("manual check", r => r.Check.Length == 0 ? null : new RuleText(r.Title, r.Check, r.Resources)),
    ];
}
