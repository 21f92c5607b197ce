namespace Forge.Lab.Machines;

/// <summary>Whether a lab machine runs.</summary>
public enum LabState
{
    /// <summary>Nothing of it runs.</summary>
    Stopped,

    /// <summary>It runs (it may still be booting).</summary>
    Running,
}
