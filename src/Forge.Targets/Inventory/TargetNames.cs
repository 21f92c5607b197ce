namespace Forge.Targets.Inventory;

/// <summary>What may be the name of a target or a tag.</summary>
internal static class TargetNames
{
    /// <summary>Letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, not beginning with one of the marks.</summary>
    public static bool IsValid(string name) =>
        name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
