namespace System.Management.Automation;

/// <summary>The pipeline was stopped; a command unwinds without a word.</summary>
public class PipelineStoppedException : RuntimeException
{
    public PipelineStoppedException()
        : base("The pipeline has been stopped.")
    {
    }

    public PipelineStoppedException(string? message)
        : base(message)
    {
    }

    public PipelineStoppedException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
