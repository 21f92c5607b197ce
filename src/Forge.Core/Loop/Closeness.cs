namespace Forge.Core.Loop;

/// <summary>How closely a resource is among those that a change touched; ordered.</summary>
public enum Closeness
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A file in the same folder was changed.</summary>
    Folder,

    /// <summary>The very file was changed.</summary>
    File,

    /// <summary>The very package, service, parameter, module or account was changed.</summary>
    Thing,
}
