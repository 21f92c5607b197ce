namespace System.Management.Automation;

/// <summary>A command ended with a terminating error.</summary>
public class CmdletInvocationException : RuntimeException
{
    private readonly ErrorRecord? _record;

    public CmdletInvocationException()
    {
    }

    public CmdletInvocationException(string? message)
        : base(message)
    {
    }

    public CmdletInvocationException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal CmdletInvocationException(ErrorRecord record)
        : base(record.ToString(), record.Exception)
    {
        _record = record;
    }

    public override ErrorRecord ErrorRecord => _record ?? base.ErrorRecord;
}
