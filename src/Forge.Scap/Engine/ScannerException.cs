using Forge.Core.Errors;

namespace Forge.Scap.Engine;

/// <summary>The scanner did not give a result.</summary>
/// <param name="kind">The kind of trouble.</param>
/// <param name="message">What happened.</param>
/// <param name="target">Name of the target.</param>
/// <param name="isTransient">Whether the same call may end well the next time: the scanner crashed, or ended well without a result.</param>
/// <param name="inner">The cause.</param>
public sealed class ScannerException(ForgeErrorKind kind, string message, string target, bool isTransient = false, Exception? inner = null)
    : ForgeException("ScanFailed", kind, message, "Look at the scanner's own message; the same command can be run on the target by hand.", target, inner)
{
    /// <summary>Whether the same call may end well the next time.</summary>
    public bool IsTransient { get; } = isTransient;
}
