using System.Management.Automation;

namespace Forge.Host.Discovery;

/// <summary>What a command that changes something takes besides.</summary>
internal sealed class ChangeParameters
{
    /// <summary>Only says what would be done.</summary>
    [Parameter(HelpMessage = "Says what would be done and changes nothing.")]
    [Alias("wi")]
    public SwitchParameter WhatIf { get; set; }

    /// <summary>Asks before each change, or never.</summary>
    [Parameter(HelpMessage = "Asks before each change; with the value false it never asks.")]
    [Alias("cf")]
    public SwitchParameter Confirm { get; set; }
}
