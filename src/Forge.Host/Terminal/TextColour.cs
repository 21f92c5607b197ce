namespace Forge.Host.Terminal;

/// <summary>Colours of text; the values are those of ECMA-48, "Select graphic rendition".</summary>
internal enum TextColour
{
    /// <summary>The terminal's own.</summary>
    Plain = 0,

    /// <summary>For what failed.</summary>
    Red = 31,

    /// <summary>For what is done.</summary>
    Green = 32,

    /// <summary>For what to look at.</summary>
    Yellow = 33,

    /// <summary>For what is said besides.</summary>
    Grey = 90,
}
