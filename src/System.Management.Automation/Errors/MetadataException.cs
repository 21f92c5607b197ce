namespace System.Management.Automation;

/// <summary>Something is wrong about a parameter's attributes or value.</summary>
public class MetadataException : RuntimeException
{
    public MetadataException()
    {
    }

    public MetadataException(string? message)
        : base(message)
    {
    }

    public MetadataException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
