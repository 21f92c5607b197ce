namespace System.Management.Automation;

/// <summary>Whether a command can act on another machine by itself.</summary>
public enum RemotingCapability
{
    None = 0,
    PowerShell = 1,
    SupportedByCommand = 2,
    OwnedByCommand = 3,
}
