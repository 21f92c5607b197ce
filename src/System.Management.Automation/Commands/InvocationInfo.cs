namespace System.Management.Automation;

/// <summary>How the running command was called.</summary>
public class InvocationInfo
{
    internal InvocationInfo(string invocationName, Dictionary<string, object?> boundParameters, bool expectingInput)
    {
        InvocationName = invocationName;
        BoundParameters = boundParameters!;
        ExpectingInput = expectingInput;
    }

    public Dictionary<string, object> BoundParameters { get; }

    public string InvocationName { get; }

    public bool ExpectingInput { get; }

    public int PipelineLength => 1;

    public int PipelinePosition => 1;
}
