namespace System.Management.Automation;

/// <summary>The state of the session; the console host knows its location alone.</summary>
public sealed class SessionState
{
    public PathIntrinsics Path { get; } = new();
}
