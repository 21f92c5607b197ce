namespace System.Management.Automation;

/// <summary>One error: what happened, its stable id, its kind and what it is about.</summary>
public class ErrorRecord
{
    private readonly string _errorId;
    private string? _command;

    public ErrorRecord(Exception exception, string? errorId, ErrorCategory errorCategory, object? targetObject)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Exception = exception;
        _errorId = errorId ?? "";
        TargetObject = targetObject;
        CategoryInfo = new ErrorCategoryInfo(this, errorCategory);
    }

    public Exception Exception { get; }

    public object? TargetObject { get; }

    public ErrorCategoryInfo CategoryInfo { get; }

    public ErrorDetails? ErrorDetails { get; set; }

    public string FullyQualifiedErrorId => string.IsNullOrEmpty(_command) ? _errorId : $"{_errorId},{_command}";

    public override string ToString() => ErrorDetails?.Message is { Length: > 0 } message ? message : Exception.Message;

    internal void SetCommand(Cmdlet cmdlet)
    {
        _command ??= cmdlet.GetType().FullName;
        CategoryInfo.SetDefaultActivity(cmdlet);
    }
}
