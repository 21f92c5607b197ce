using System.Text;
using Forge.Core.Findings;

namespace Forge.Core.Actions;

/// <summary>One typed change.</summary>
public abstract record ForgeAction
{
    /// <summary>Arm that proposed it.</summary>
    public required string Arm { get; init; }

    /// <summary>One line for people: what it changes.</summary>
    public required string Summary { get; init; }

    /// <summary>What it touches, recognised from the action itself.</summary>
    public virtual IReadOnlyList<Resource> Resources { get; init; } = [];

    /// <summary>Whether its effect is complete only after a reboot, as its source says.</summary>
    public bool NeedsReboot { get; init; }

    /// <summary>Whether an exit code other than 0 says that it was not done. So for scripts written for Forge; the vendor's own do not keep to it.</summary>
    public bool ExitCodeCounts { get; init; }

    /// <summary>Kind of action, for example <c>script</c>; part of the operation id.</summary>
    public abstract string Kind { get; }

    /// <summary>The exact bytes that run on the host.</summary>
    public abstract string ToScript();

    /// <summary>The exact bytes as UTF-8: what approvals and operation ids are bound to.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToScript());
}
