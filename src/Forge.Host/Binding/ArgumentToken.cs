namespace Forge.Host.Binding;

/// <summary>One argument of a command line.</summary>
/// <param name="Name">The parameter that it names, without the dash; null for a value.</param>
/// <param name="Text">The value, or what follows the colon; null where there is none.</param>
internal readonly record struct ArgumentToken(string? Name, string? Text)
{
    /// <summary>Reads an argument: <c>-Name</c>, <c>-Name:value</c> or a value. A dash before a digit is a minus.</summary>
    internal static ArgumentToken Read(string argument)
    {
        if (argument.Length < 2 || argument[0] != '-' || !(char.IsLetter(argument[1]) || argument[1] is '?' or '-'))
        {
            return new ArgumentToken(null, argument);
        }

        int colon = argument.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new ArgumentToken(argument[1..], null) : new ArgumentToken(argument[1..colon], argument[(colon + 1)..]);
    }

    /// <summary>Splits a list at its commas; a backtick before a comma keeps it.</summary>
    internal static IEnumerable<string> Split(string text)
    {
        var part = new System.Text.StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '`' && i + 1 < text.Length && text[i + 1] == ',')
            {
                part.Append(text[++i]);
            }
            else if (text[i] == ',')
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(text[i]);
            }
        }

        yield return part.ToString();
    }
}
