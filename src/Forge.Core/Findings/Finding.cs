namespace Forge.Core.Findings;

/// <summary>One thing that is wrong on one target.</summary>
public sealed record Finding
{
    /// <summary>Short id within the skill, for example a rule's name without its prefix.</summary>
    public required string Id { get; init; }

    /// <summary>Target it was found on.</summary>
    public required string Target { get; init; }

    /// <summary>Skill that found it.</summary>
    public required string Skill { get; init; }

    /// <summary>Profile or selection under which it counts; null where the skill has none.</summary>
    public string? Profile { get; init; }

    /// <summary>Full id in the content, for example <c>xccdf_org.ssgproject.content_rule_…</c>.</summary>
    public string? FullId { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>How bad.</summary>
    public Severity Severity { get; init; }

    /// <summary>Category by which the skill orders and defers, for example <c>package</c> or <c>audit</c>.</summary>
    public string Category { get; init; } = "";

    /// <summary>What the check said, as data: bounded and free of control sequences.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>Plain description of the rule, for people and prompts.</summary>
    public string Description { get; init; } = "";

    /// <summary>What it touches, as far as the content says.</summary>
    public IReadOnlyList<Resource> Resources { get; init; } = [];

    /// <summary>Ids of items that must be done before.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Whether it comes after another one: it depends on that, and not each on the other.</summary>
    public bool Follows(Finding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return DependsOn.Contains(other.Id, StringComparer.Ordinal) && !other.DependsOn.Contains(Id, StringComparer.Ordinal);
    }

    /// <summary>Whether it can pass only after a reboot.</summary>
    public bool NeedsReboot { get; init; }

    /// <summary>Whether any fix source of the skill names a fix.</summary>
    public bool HasFix { get; init; }

    /// <summary>Names elsewhere.</summary>
    public IReadOnlyList<Reference> References { get; init; } = [];

    /// <summary>When it was found, UTC.</summary>
    public DateTimeOffset FoundAt { get; init; }
}
