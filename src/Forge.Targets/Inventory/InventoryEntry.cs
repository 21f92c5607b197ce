using Forge.Core.Targets;

namespace Forge.Targets.Inventory;

/// <summary>One target of the file and where it stands in it.</summary>
/// <param name="Target">The target.</param>
/// <param name="FirstLine">Its first line, from 0.</param>
/// <param name="EndLine">The line after its last, from 0.</param>
/// <param name="Kept">Lines of keys that are the user's own (<c>x-</c>), as they stand.</param>
internal sealed record InventoryEntry(TargetDescription Target, int FirstLine, int EndLine, IReadOnlyList<string> Kept);
