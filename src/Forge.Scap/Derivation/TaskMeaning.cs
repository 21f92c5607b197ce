namespace Forge.Scap.Derivation;

/// <summary>What one task does, as far as typed actions can say it.</summary>
/// <param name="Actions">Proposals as key and value pairs, in the order of their schemas.</param>
/// <param name="Unknown">Why it does something that no typed action says; null where it does not.</param>
internal sealed record TaskMeaning(IReadOnlyList<Proposal> Actions, string? Unknown = null)
{
    /// <summary>It looks, or it only accompanies another task (clears duplicates, makes a folder): no change of its own.</summary>
    public static TaskMeaning Nothing { get; } = new([]);

    /// <summary>It does what no typed action says.</summary>
    public static TaskMeaning Of(string unknown) => new([], unknown);

    /// <summary>It is one typed action.</summary>
    public static TaskMeaning Of(params IReadOnlyList<Proposal> actions) => new(actions);
}
