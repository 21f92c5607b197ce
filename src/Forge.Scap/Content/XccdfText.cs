using System.Text;

namespace Forge.Scap.Content;

/// <summary>Text with places that are filled in from the profile's values.</summary>
/// <param name="Parts">Its parts in order.</param>
public sealed record XccdfText(IReadOnlyList<TextPart> Parts)
{
    /// <summary>No text.</summary>
    public static XccdfText Empty { get; } = new([]);

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => Parts.Count == 0;

    /// <summary>The text with the name of the value in braces at each place that is not filled in.</summary>
    public string Plain => Render(static part => "{" + part.Name + "}");

    /// <summary>The text with each place filled in.</summary>
    /// <param name="fill">Gives the text of a part that is not literal.</param>
    public string Render(Func<TextPart, string> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        if (Parts.Count == 1 && Parts[0] is LiteralPart only)
        {
            return only.Text;
        }

        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            text.Append(part is LiteralPart literal ? literal.Text : fill(part));
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => Plain;
}
