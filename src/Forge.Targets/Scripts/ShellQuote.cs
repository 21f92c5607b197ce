namespace Forge.Targets.Scripts;

/// <summary>The one place where text becomes a word of a shell's command line.</summary>
public static class ShellQuote
{
    /// <summary>Quotes a word so that a POSIX shell reads exactly it, as one word.</summary>
    /// <exception cref="ArgumentException">The text holds a NUL, which no word of a command line can.</exception>
    public static string Word(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A word of a command line cannot hold a NUL.", nameof(text));
        }

        return "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }
}
