namespace System.Management.Automation.Internal;

/// <summary>Root of every command.</summary>
public abstract class InternalCommand
{
    internal InternalCommand()
    {
    }

    public CommandOrigin CommandOrigin => CommandOrigin.Runspace;
}
