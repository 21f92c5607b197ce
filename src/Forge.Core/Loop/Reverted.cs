namespace Forge.Core.Loop;

/// <summary>How several changes were taken back.</summary>
/// <param name="FromOutside">The whole machine was taken back to its checkpoint: what was made after it is gone.</param>
/// <param name="Left">By item: what its undo could not restore; empty where all was.</param>
public sealed record Reverted(bool FromOutside, IReadOnlyDictionary<string, string> Left)
{
    /// <summary>There was nothing to take back.</summary>
    public static Reverted Nothing { get; } = new(false, new Dictionary<string, string>());
}
