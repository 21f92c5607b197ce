namespace Forge.Core.Findings;

/// <summary>What kind of thing on the target a change touches.</summary>
public enum ResourceKind
{
    /// <summary>A file or folder, by absolute path.</summary>
    File,

    /// <summary>A package, by name.</summary>
    Package,

    /// <summary>A unit of the service manager, by name.</summary>
    Service,

    /// <summary>A kernel parameter, by sysctl name.</summary>
    Sysctl,

    /// <summary>A kernel module, by name.</summary>
    KernelModule,

    /// <summary>A user or group, by name.</summary>
    Account,

    /// <summary>A setting in a configuration file, as <c>path:key</c>.</summary>
    Setting,
}
