namespace System.Management.Automation;

/// <summary>Where a command came from.</summary>
public enum CommandOrigin
{
    Runspace = 0,
    Internal = 1,
}
