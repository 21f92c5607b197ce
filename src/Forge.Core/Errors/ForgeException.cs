namespace Forge.Core.Errors;

/// <summary>An error that a user can act on: what happened, to what, and what to do next.</summary>
/// <param name="id">Stable error id in PascalCase, for example <c>TargetUnreachable</c>; scripts may rely on it.</param>
/// <param name="kind">The kind of trouble.</param>
/// <param name="message">What happened and to what, one sentence.</param>
/// <param name="nextStep">What the user can do next, one sentence; null where nothing helps.</param>
/// <param name="subject">The domain object or name that the error is about.</param>
/// <param name="inner">The cause.</param>
public class ForgeException(
    string id,
    ForgeErrorKind kind,
    string message,
    string? nextStep = null,
    object? subject = null,
    Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Stable error id in PascalCase.</summary>
    public string Id { get; } = id;

    /// <summary>The kind of trouble.</summary>
    public ForgeErrorKind Kind { get; } = kind;

    /// <summary>What the user can do next; null where nothing helps.</summary>
    public string? NextStep { get; } = nextStep;

    /// <summary>The domain object or name that the error is about; null where there is none.</summary>
    public object? Subject { get; } = subject;
}
