using Forge.Core.Conflicts;
using Forge.Core.Findings;

namespace Forge.Core.Evaluation;

/// <summary>A whole scan of one target.</summary>
public sealed record ScanReport
{
    /// <summary>Verdict of every item of the selection, by short id.</summary>
    public required IReadOnlyDictionary<string, Verdict> Verdicts { get; init; }

    /// <summary>What is wrong: items that fail, in the order of the content.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Content, profile and scanner with versions, for the record.</summary>
    public required IReadOnlyDictionary<string, string> Provenance { get; init; }

    /// <summary>What each item of the selection touches, by short id, as far as its content says; finds the items that a change could turn red.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Resource>> Touches { get; init; } = new Dictionary<string, IReadOnlyList<Resource>>();

    /// <summary>What each item's fix brings about, by short id in the content's order; finds items that contradict each other.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<Demand>>> Demands { get; init; } = [];

    /// <summary>Ids of items that must hold before anything is changed and are looked at after every change, whatever it touched.</summary>
    public IReadOnlyList<string> Guards { get; init; } = [];

    /// <summary>Digest of the blob with the raw result; null where none is kept.</summary>
    public string? RawResult { get; init; }

    /// <summary>Wall time of the scan.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many items have the given verdict.</summary>
    public int Count(VerdictKind kind) => Verdicts.Values.Count(v => v.Kind == kind);
}
