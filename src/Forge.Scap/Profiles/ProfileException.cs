using Forge.Core.Errors;

namespace Forge.Scap.Profiles;

/// <summary>A profile that cannot be found or resolved.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="nextStep">What to do next, with the names that would do.</param>
/// <param name="subject">The name that was asked for.</param>
public sealed class ProfileException(string message, string nextStep, string subject)
    : ForgeException("ProfileUnusable", ForgeErrorKind.NotFound, message, nextStep, subject);
