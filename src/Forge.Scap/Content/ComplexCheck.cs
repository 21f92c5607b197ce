namespace Forge.Scap.Content;

/// <summary>A Boolean combination of checks (NISTIR 7275 rev. 4, section 6.4.4.5).</summary>
public sealed record ComplexCheck
{
    /// <summary>True for AND, false for OR.</summary>
    public bool All { get; init; }

    /// <summary>Whether the outcome is negated.</summary>
    public bool Negate { get; init; }

    /// <summary>Checks in it.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>Combinations in it.</summary>
    public IReadOnlyList<ComplexCheck> Nested { get; init; } = [];

    /// <summary>Checks in it and in those within it.</summary>
    public IEnumerable<Check> AllChecks => Checks.Concat(Nested.SelectMany(n => n.AllChecks));
}
