namespace Forge.Scap.Engine;

/// <summary>Texts in scripts for a POSIX shell.</summary>
internal static class RemoteText
{
    /// <summary>One word of a POSIX shell, whatever stands in it.</summary>
    public static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
