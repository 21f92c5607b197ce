namespace Forge.Core.Decisions;

/// <summary>A value that the user gave for an input.</summary>
/// <param name="Lines">Its lines; one for every type but a list.</param>
/// <param name="Line">Line of the decision file, from 1.</param>
public sealed record DecisionValue(IReadOnlyList<string> Lines, long Line)
{
    /// <summary>The value as the action gets it: one line each.</summary>
    public string Text => string.Join('\n', Lines);

    /// <inheritdoc/>
    public override string ToString() => $"(value of line {Line})";
}
