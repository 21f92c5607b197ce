namespace System.Management.Automation;

/// <summary>What PowerShell offers to attributes; the console host offers the session state alone.</summary>
public class EngineIntrinsics
{
    internal EngineIntrinsics()
    {
    }

    public SessionState SessionState { get; } = new();
}
