namespace Forge.Core.Conflicts;

/// <summary>Which side of a conflict is wanted.</summary>
/// <param name="Wanted">What is wanted, as <see cref="Demand.ToString"/> writes it.</param>
/// <param name="Because">Why, one clause; empty where the user did not say.</param>
/// <param name="By">Whose preference it is, for people: <c>you</c> or <c>the skill</c>.</param>
public sealed record Preference(string Wanted, string Because, string By);
