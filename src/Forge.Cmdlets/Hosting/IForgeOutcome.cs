namespace Forge.Cmdlets.Hosting;

/// <summary>A command that says how it ended; a host without PowerShell turns it into its exit code.</summary>
public interface IForgeOutcome
{
    /// <summary>How the command ended so far.</summary>
    ForgeOutcome Outcome { get; }
}
