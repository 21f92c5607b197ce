using System.Text.Json;
using Forge.Core.Actions.Typed;
using Forge.Core.Errors;
using Forge.Core.Proposals;
using Forge.Core.Skills;

namespace Forge.Core.Extraction;

/// <summary>
/// Reads one typed action from the text of a rule by the plain patterns of a skill, and says which words it rests on. The first pattern that gives an action wins; a
/// pattern that reads two different ones from a text ends the reading without any: a text that can be read in two ways is for those who understand it. No I/O.
/// </summary>
/// <param name="rules">The patterns.</param>
public sealed class Extractor(ExtractionRules rules) : IActionProposer
{
    /// <summary>Longest text that is read, in characters of title and body; what is longer is no rule's text.</summary>
    public const int LongestText = 65_536;

    /// <inheritdoc/>
    public string Arm => "extractor";

    /// <summary>The extractor of a skill.</summary>
    /// <returns>Null where the skill has no patterns.</returns>
    /// <exception cref="ForgeException">Ids <c>ExtractInvalid</c>, <c>YamlInvalid</c>: what is wrong with the file, by line and key.</exception>
    public static Extractor? Load(Skill skill)
    {
        ArgumentNullException.ThrowIfNull(skill);
        return skill.ExtractFile is { } file ? new Extractor(ExtractionRules.Load(Path.Combine(skill.Folder, file))) : null;
    }

    /// <inheritdoc/>
    public Task<ActionProposal?> ProposeAsync(RuleText text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Propose(text));
    }

    /// <summary>The proposal for a text; null where no pattern reads one action from it.</summary>
    /// <exception cref="ForgeException">Id <c>ExtractTimeout</c>.</exception>
    public ActionProposal? Propose(RuleText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Title.Length + text.Body.Length > LongestText)
        {
            return null;
        }

        var matcher = new PatternMatcher(text);
        foreach (var pattern in rules.Patterns)
        {
            if (matcher.Find(pattern) is not { } ways)
            {
                return null;
            }

            var readings = ways.Select(w => (Way: w, Action: pattern.Action.Fill(w.Groups))).Where(r => r.Action is not null).DistinctBy(r => CanonicalProposal.Of(r.Action!.Value)).ToList();
            var usable = readings.FindIndex(r => IsAction(r.Action!.Value) && NamesInText.AllStand(r.Action!.Value, text));
            if (usable >= 0)
            {
                // What cannot be used beside what can is also something that the text asks for.
                return readings.Count == 1 ? Proposal(pattern, readings[usable].Way, readings[usable].Action!.Value) : null;
            }
        }

        return null;
    }

    private ActionProposal Proposal(ExtractionPattern pattern, PatternMatch way, JsonElement action)
    {
        var consumed = way.Parts.OrderBy(p => p.At).Select(p => p.Text.Trim()).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal);
        return new ActionProposal(action, 1, $"pattern '{pattern.Name}'", [.. consumed], rules.Alone.Contains(KindOf(action)));
    }

    private static string KindOf(JsonElement action) =>
        action.GetProperty("action").GetString() + (action.TryGetProperty("format", out var format) ? $":{format.GetString()}" : "");

    private static bool IsAction(JsonElement proposal)
    {
        try
        {
            ActionCatalog.Default.Parse(proposal, "extractor");
            return true;
        }
        catch (ForgeException e) when (e.Id == "ActionInvalid")
        {
            // The words are no name or value that such an action may have.
            return false;
        }
    }
}
