using System.Management.Automation;

namespace Forge.Host.Discovery;

/// <summary>What every command takes.</summary>
internal sealed class CommonParameters
{
    /// <summary>Shows what is being done.</summary>
    [Parameter(HelpMessage = "Says on standard error what is being done.")]
    [Alias("vb")]
    public SwitchParameter Verbose { get; set; }

    /// <summary>Shows how it is being done.</summary>
    [Parameter(HelpMessage = "Says on standard error how it is being done, and shows errors in full.")]
    [Alias("db")]
    public SwitchParameter Debug { get; set; }

    /// <summary>What an error that does not end the command does.</summary>
    [Parameter(HelpMessage = "What an error of one item does: Continue, Stop, SilentlyContinue or Ignore.")]
    [Alias("ea")]
    [ValidateSet("Continue", "Stop", "SilentlyContinue", "Ignore")]
    public ActionPreference ErrorAction { get; set; } = ActionPreference.Continue;

    /// <summary>What a warning does.</summary>
    [Parameter(HelpMessage = "What a warning does: Continue, Stop, SilentlyContinue or Ignore.")]
    [Alias("wa")]
    [ValidateSet("Continue", "Stop", "SilentlyContinue", "Ignore")]
    public ActionPreference WarningAction { get; set; } = ActionPreference.Continue;

    /// <summary>What an information record does.</summary>
    [Parameter(HelpMessage = "What an information record does: Continue or SilentlyContinue.")]
    [Alias("infa")]
    [ValidateSet("Continue", "SilentlyContinue", "Ignore")]
    public ActionPreference InformationAction { get; set; } = ActionPreference.SilentlyContinue;

    /// <summary>Whether progress is shown.</summary>
    [Parameter(HelpMessage = "Whether progress is shown on the terminal: Continue or SilentlyContinue.")]
    [Alias("proga")]
    [ValidateSet("Continue", "SilentlyContinue", "Ignore")]
    public ActionPreference ProgressAction { get; set; } = ActionPreference.Continue;
}
