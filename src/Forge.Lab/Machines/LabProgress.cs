namespace Forge.Lab.Machines;

/// <summary>One line of progress: a step begins (<paramref name="Took"/> is null) or has ended.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Took">How long it took; null at its beginning.</param>
public sealed record LabProgress(string Step, TimeSpan? Took);
