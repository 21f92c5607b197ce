namespace System.Management.Automation;

/// <summary>An error ended the command because ErrorAction is Stop.</summary>
public class ActionPreferenceStopException : RuntimeException
{
    private readonly ErrorRecord? _record;

    public ActionPreferenceStopException()
    {
    }

    public ActionPreferenceStopException(string? message)
        : base(message)
    {
    }

    public ActionPreferenceStopException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal ActionPreferenceStopException(ErrorRecord record)
        : base(record.ToString(), record.Exception)
    {
        _record = record;
    }

    public override ErrorRecord ErrorRecord => _record ?? base.ErrorRecord;
}
