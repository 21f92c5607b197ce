using System.Management.Automation;
using Forge.Core.Errors;

namespace Forge.Cmdlets.Hosting;

/// <summary>Turns Forge's exceptions into PowerShell's error records.</summary>
public static class ErrorMapping
{
    /// <summary>The id of an error that nobody foresaw.</summary>
    public const string UnexpectedId = "ForgeUnexpected";

    /// <summary>Makes the error record of an exception.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="subject">What it happened to; null takes the exception's own subject.</param>
    /// <returns>A record with a stable id, a real category and what to do next.</returns>
    public static ErrorRecord ToRecord(Exception exception, object? subject = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception is ForgeException known)
        {
            return new ErrorRecord(known, known.Id, CategoryOf(known.Kind), subject ?? known.Subject)
            {
                ErrorDetails = new ErrorDetails(known.Message) { RecommendedAction = known.NextStep ?? "" },
            };
        }

        return new ErrorRecord(exception, UnexpectedId, ErrorCategory.InvalidOperation, subject)
        {
            ErrorDetails = new ErrorDetails($"Forge met something that it did not expect: {exception.Message} ({exception.GetType().Name})")
            {
                RecommendedAction = "This is a defect of Forge. Report it with the full text of the exception (Get-Error in PowerShell, -Debug under forge).",
            },
        };
    }

    /// <summary>PowerShell's category for a kind of trouble.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The category, never NotSpecified.</returns>
    public static ErrorCategory CategoryOf(ForgeErrorKind kind) => kind switch
    {
        ForgeErrorKind.BadInput => ErrorCategory.InvalidArgument,
        ForgeErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ForgeErrorKind.Conflict => ErrorCategory.ResourceExists,
        ForgeErrorKind.Unreachable => ErrorCategory.ConnectionError,
        ForgeErrorKind.Denied => ErrorCategory.PermissionDenied,
        ForgeErrorKind.Timeout => ErrorCategory.OperationTimeout,
        ForgeErrorKind.Corrupt => ErrorCategory.InvalidData,
        ForgeErrorKind.Missing => ErrorCategory.NotInstalled,
        ForgeErrorKind.Refused => ErrorCategory.SecurityError,
        _ => ErrorCategory.InvalidOperation,
    };
}
