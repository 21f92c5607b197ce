namespace Forge.Core.Thinking;

/// <summary>What the architect says of an item.</summary>
public enum ArchitectVerdict
{
    /// <summary>Go on as before.</summary>
    Continue,

    /// <summary>Go on with another plan.</summary>
    Pivot,

    /// <summary>Give the item up; people must look.</summary>
    Escalate,
}
