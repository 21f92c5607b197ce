namespace Forge.Scap.Content;

/// <summary>A rule of a benchmark (NISTIR 7275 rev. 4, section 6.4.4), no profile applied.</summary>
public sealed record Rule
{
    /// <summary>Full id.</summary>
    public required string Id { get; init; }

    /// <summary>Title; empty where there is none.</summary>
    public required string Title { get; init; }

    /// <summary>Group around it; null at the top.</summary>
    public Group? Group { get; init; }

    /// <summary>Description; markup flattened.</summary>
    public required XccdfText Description { get; init; }

    /// <summary>Rationale; markup flattened.</summary>
    public required XccdfText Rationale { get; init; }

    /// <summary>Severity.</summary>
    public RuleSeverity Severity { get; init; }

    /// <summary>Weight in scoring, 0 or more.</summary>
    public double Weight { get; init; } = 1.0;

    /// <summary>Role.</summary>
    public RuleRole Role { get; init; }

    /// <summary>Whether it is selected where no profile says otherwise.</summary>
    public bool Selected { get; init; } = true;

    /// <summary>Cluster id; null for none.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Own platforms; empty for all.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Required items: of each inner list one must be selected.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Requires { get; init; } = [];

    /// <summary>Items that must not be selected beside it.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>Names in other catalogues.</summary>
    public IReadOnlyList<RuleReference> References { get; init; } = [];

    /// <summary>Global identifiers, for example CCE.</summary>
    public IReadOnlyList<RuleIdent> Idents { get; init; } = [];

    /// <summary>Fixes in document order.</summary>
    public IReadOnlyList<Fix> Fixes { get; init; } = [];

    /// <summary>Fix texts for people; markup flattened.</summary>
    public IReadOnlyList<XccdfText> FixTexts { get; init; } = [];

    /// <summary>Warnings for people; markup flattened.</summary>
    public IReadOnlyList<XccdfText> Warnings { get; init; } = [];

    /// <summary>Checks in document order.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>The complex check, which then counts instead of <see cref="Checks"/>; null for none.</summary>
    public ComplexCheck? ComplexCheck { get; init; }

    /// <summary>The checks that count: all in the complex check where there is one, else <see cref="Checks"/>.</summary>
    public IEnumerable<Check> EffectiveChecks => ComplexCheck?.AllChecks ?? Checks;

    /// <summary>Platform lists that must all hold: the rule's own and that of each group around it, innermost first; empty lists left out.</summary>
    public IReadOnlyList<IReadOnlyList<string>> PlatformChain()
    {
        var chain = new List<IReadOnlyList<string>>();
        if (Platforms.Count > 0)
        {
            chain.Add(Platforms);
        }

        for (var group = Group; group is not null; group = group.Parent)
        {
            if (group.Platforms.Count > 0)
            {
                chain.Add(group.Platforms);
            }
        }

        return chain;
    }
}
