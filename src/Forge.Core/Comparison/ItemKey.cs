namespace Forge.Core.Comparison;

/// <summary>What makes two results comparable.</summary>
/// <param name="Skill">Skill.</param>
/// <param name="Platform">Platform, see <see cref="Targets.HostFacts.Platform"/>; empty where it is not known.</param>
/// <param name="Item">Item id.</param>
internal readonly record struct ItemKey(string Skill, string Platform, string Item);
