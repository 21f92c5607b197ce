using Forge.Core.Findings;

namespace Forge.Core.Conflicts;

/// <summary>A state of one thing that an item's fix brings about.</summary>
/// <param name="Resource">The thing.</param>
/// <param name="Wanted"><see cref="Present"/> or <see cref="Absent"/> for a package, <see cref="On"/> or <see cref="Off"/> for a service, the value for a setting.</param>
public sealed record Demand(Resource Resource, string Wanted)
{
    /// <summary>A package that is to be installed.</summary>
    public const string Present = "present";

    /// <summary>A package that is to be removed.</summary>
    public const string Absent = "absent";

    /// <summary>A service that is to run.</summary>
    public const string On = "on";

    /// <summary>A service that is not to run.</summary>
    public const string Off = "off";

    /// <summary>Whether the fix does nothing else: whatever conditions stand in it, it either brings this about or nothing.</summary>
    public bool Alone { get; init; }

    /// <summary>As preferences write it: <c>package:chrony</c>, <c>no package:ufw</c>, <c>service:nftables</c>, <c>ForwardToSyslog=yes</c>.</summary>
    public override string ToString() => Resource.Kind switch
    {
        ResourceKind.Setting => $"{Resource.Name[(Resource.Name.LastIndexOf(':') + 1)..]}={Wanted}",
        var kind => $"{(Wanted is Absent or Off ? "no " : "")}{kind.ToString().ToLowerInvariant()}:{Resource.Name}",
    };
}
