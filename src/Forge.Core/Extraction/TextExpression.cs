using System.Text.RegularExpressions;

namespace Forge.Core.Extraction;

/// <summary>One regular expression of a pattern and the place where it looks. It is compiled when a text first holds what each of its matches holds.</summary>
/// <param name="place">The place.</param>
/// <param name="expression">The expression, its parts put in; <see cref="ExpressionText.Check"/> accepts it.</param>
internal sealed class TextExpression(TextPlace place, string expression)
{
    private readonly string _literal = RequiredLiteral.Of(expression);
    private readonly Lazy<Regex> _regex = new(() => ExpressionText.Compile(expression));

    /// <summary>The place.</summary>
    public TextPlace Place => place;

    /// <summary>The expression as it is searched for.</summary>
    public Regex Regex => _regex.Value;

    /// <summary>Whether it matches.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took longer than <see cref="ExpressionText.MostTime"/>.</exception>
    public bool IsMatch(string text) => CanMatch(text) && Regex.IsMatch(text);

    /// <summary>Its first match.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took longer than <see cref="ExpressionText.MostTime"/>.</exception>
    public Match Match(string text) => CanMatch(text) ? Regex.Match(text) : System.Text.RegularExpressions.Match.Empty;

    private bool CanMatch(string text) => text.Contains(_literal, StringComparison.Ordinal);
}
