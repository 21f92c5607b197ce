using Forge.Core.Findings;
using Forge.Core.Operations;

namespace Forge.Core.Loop;

/// <summary>Whether a resource is among those that a change named or was seen to change.</summary>
public sealed class ResourceOverlap
{
    private readonly HashSet<Resource> _touched;
    private readonly HashSet<string> _files;

    /// <summary>Makes the set of what was touched.</summary>
    public ResourceOverlap(IEnumerable<Resource> named, HostChanges changes)
    {
        _touched = [.. named.Where(r => r.Kind != ResourceKind.File).Select(Normal)];
        _touched.UnionWith(changes.PackagesInstalled.Concat(changes.PackagesRemoved).Select(p => new Resource(ResourceKind.Package, p.Split('=')[0].Split(':')[0])));
        _touched.UnionWith(changes.UnitsStarted.Concat(changes.UnitsStopped).Select(u => Normal(new Resource(ResourceKind.Service, u))));
        _touched.UnionWith(changes.Sysctls.Select(s => new Resource(ResourceKind.Sysctl, s)));
        _files = [.. changes.Files];
    }

    /// <summary>Whether the resource is among them; a folder is where a file in it was changed.</summary>
    public bool Contains(Resource resource) => ClosenessOf(resource) != Closeness.None;

    /// <summary>Whether the very resource is among them; another one in the same folder is not.</summary>
    public bool IsSame(Resource resource) => ClosenessOf(resource) >= Closeness.File;

    /// <summary>Whether both touched the same package, service, parameter, module or account.</summary>
    public bool SharesThing(ResourceOverlap other) => _touched.Overlaps(other._touched);

    /// <summary>How closely the resource is among them.</summary>
    public Closeness ClosenessOf(Resource resource)
    {
        if (resource.Kind != ResourceKind.File)
        {
            return _touched.Contains(Normal(resource)) ? Closeness.Thing : Closeness.None;
        }

        var isDeep = resource.Name.Count(c => c == '/') > 1;
        return _files.Contains(resource.Name) ? Closeness.File
            : isDeep && _files.Any(f => f.StartsWith(resource.Name.TrimEnd('/') + "/", StringComparison.Ordinal)) ? Closeness.Folder
            : Closeness.None;
    }

    private static Resource Normal(Resource r) =>
        r.Kind == ResourceKind.Service && r.Name.EndsWith(".service", StringComparison.Ordinal) ? r with { Name = r.Name[..^".service".Length] } : r;
}
