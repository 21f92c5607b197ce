namespace System.Management.Automation;

/// <summary>What a person is told about an error, and what to do next.</summary>
public class ErrorDetails
{
    public ErrorDetails(string message)
    {
        Message = message ?? "";
    }

    public string Message { get; }

    public string RecommendedAction { get; set; } = "";

    public override string ToString() => Message;
}
