namespace Forge.Core.Schema;

/// <summary>What is wrong at one place of a file.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Line">Line, from 1; 0 where it is not known.</param>
/// <param name="Key">Key path, for example <c>phases[2].name</c>; empty for the document.</param>
/// <param name="Message">What is wrong and what is expected.</param>
public sealed record SchemaError(string File, long Line, string Key, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}: {(Key.Length == 0 ? "document" : Key)}: {Message}";
}
