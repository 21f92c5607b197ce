using Forge.Core.Conflicts;
using Forge.Core.Findings;
using Forge.Scap.Profiles;

namespace Forge.Scap.Engine;

/// <summary>The content and profile with which a target is scanned during a run.</summary>
internal sealed class PreparedContent
{
    private readonly Dictionary<string, SelectedRule> _byShortId;

    /// <summary>Binds content to a target.</summary>
    public PreparedContent(EngineSettings settings, LoadedContent loaded, ResolvedProfile profile, string? pathOnTarget)
    {
        Settings = settings;
        Loaded = loaded;
        Profile = profile;
        PathOnTarget = pathOnTarget;
        _byShortId = profile.Rules.ToDictionary(r => ShortId(r.Rule.Id));
    }

    /// <summary>The skill's settings.</summary>
    public EngineSettings Settings { get; }

    /// <summary>The content.</summary>
    public LoadedContent Loaded { get; }

    /// <summary>The profile.</summary>
    public ResolvedProfile Profile { get; }

    /// <summary>Where the target has the content itself; null where it is uploaded.</summary>
    public string? PathOnTarget { get; }

    /// <summary>The target's scanner; null until it was looked for.</summary>
    public ScannerVersion? Scanner { get; set; }

    /// <summary>What each rule touches, by short id; filled by the first scan.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Resource>>? Touches { get; set; }

    /// <summary>What each rule's fix brings about, by short id in the content's order; filled by the first scan.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<Demand>>>? Demands { get; set; }

    /// <summary>Rules that search whole file systems and can be cut out of the stream, by full id, with how many searches they make.</summary>
    public IReadOnlyDictionary<string, int> Walks => field ??= Loaded.Cutter is not { } cutter ? new Dictionary<string, int>() : Profile.Rules
        .Select(r => (r.Rule.Id, Count: cutter.Walks(r.Rule)))
        .Where(w => w.Count > 0 && cutter.Cut([w.Id], Profile, Stream.Null).IsCut)
        .ToDictionary(w => w.Id, w => w.Count, StringComparer.Ordinal);

    /// <summary>The short id of a rule: without the skill's prefix, else the name behind <c>xccdf_NAMESPACE_rule_</c> (XCCDF 1.2, section 6.2.3).</summary>
    public string ShortId(string fullId)
    {
        if (Settings.IdPrefix.Length > 0 && fullId.Length > Settings.IdPrefix.Length && fullId.StartsWith(Settings.IdPrefix, StringComparison.Ordinal))
        {
            return fullId[Settings.IdPrefix.Length..];
        }

        const string Marker = "_rule_";
        var at = fullId.StartsWith("xccdf_", StringComparison.Ordinal) ? fullId.IndexOf(Marker, StringComparison.Ordinal) : -1;
        return at > 0 && at + Marker.Length < fullId.Length ? fullId[(at + Marker.Length)..] : fullId;
    }

    /// <summary>The rule of a short id; null where the profile has none.</summary>
    public SelectedRule? Find(string shortId) => _byShortId.GetValueOrDefault(shortId);
}
