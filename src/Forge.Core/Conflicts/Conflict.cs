namespace Forge.Core.Conflicts;

/// <summary>Two items that cannot both hold.</summary>
/// <param name="First">One item; the first in the content's order.</param>
/// <param name="FirstWants">What its fix brings about.</param>
/// <param name="Second">The other item.</param>
/// <param name="SecondWants">What its fix brings about.</param>
/// <param name="Exclusive">Both want something else, and the package manager allows only one of them; else they want opposite states of one thing.</param>
public sealed record Conflict(string First, Demand FirstWants, string Second, Demand SecondWants, bool Exclusive);
