namespace Forge.Core.Extraction;

/// <summary>Where in a rule's text an expression looks.</summary>
internal enum TextPlace
{
    /// <summary>The title.</summary>
    Title,

    /// <summary>The body: description, or the text of a manual check.</summary>
    Body,

    /// <summary>The title, then the body, with a line end between them.</summary>
    Any,
}
