using System.Text.RegularExpressions;

namespace Forge.Core.Extraction;

/// <summary>One regular expression of a pattern and the place where it looks.</summary>
/// <param name="Place">The place.</param>
/// <param name="Expression">The compiled expression; it does not backtrack.</param>
internal sealed record TextExpression(TextPlace Place, Regex Expression);
