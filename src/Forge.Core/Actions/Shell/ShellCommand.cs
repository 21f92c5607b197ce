namespace Forge.Core.Actions.Shell;

/// <summary>One simple command of a script: its words with quotes taken off and known variables filled in.</summary>
/// <param name="Words">Words; a part that is not known before the script runs stands as <see cref="Unknown"/>.</param>
/// <param name="Writes">Files that its output is sent to.</param>
internal sealed record ShellCommand(IReadOnlyList<string> Words, IReadOnlyList<string> Writes)
{
    /// <summary>Stands for a part of a word that only the running shell knows.</summary>
    public const char Unknown = '\u001A';

    /// <summary>Stands where the name of a command would be: the words are items of an array.</summary>
    public const string Array = "=(";

    /// <summary>Name of the command without its folder; empty where it is not known.</summary>
    public string Name => Words.Count == 0 || Words[0].Contains(Unknown, StringComparison.Ordinal) ? "" : Path.GetFileName(Words[0]);
}
