using System.Text;
using System.Text.Json;

namespace Forge.Core.Proposals;

/// <summary>One spelling for proposals that mean the same change, so that two of them can be compared. Pure.</summary>
public static class CanonicalProposal
{
    /// <summary>The one spelling: keys in the order of the alphabet, modes with four digits, blanks in values single.</summary>
    /// <param name="proposal">A flat JSON object of strings.</param>
    public static string Of(JsonElement proposal)
    {
        var text = new StringBuilder();
        foreach (var property in proposal.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var value = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
            value = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (property.Name == "mode")
            {
                value = value.PadLeft(4, '0');
            }

            text.Append(property.Name).Append('=').Append(value).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Whether both mean the same change.</summary>
    public static bool AreSame(JsonElement one, JsonElement other) => string.Equals(Of(one), Of(other), StringComparison.Ordinal);
}
