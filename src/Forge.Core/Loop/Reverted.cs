namespace Forge.Core.Loop;

/// <summary>How changes were taken back.</summary>
/// <param name="FromOutside">The whole machine was taken back to its checkpoint: what was made after it is gone.</param>
/// <param name="Left">By item: what its undo could not restore; empty where all was.</param>
/// <param name="Obstacle">Why the host's journal alone was not enough; empty where it was.</param>
public sealed record Reverted(bool FromOutside, IReadOnlyDictionary<string, string> Left, string Obstacle = "")
{
    /// <summary>There was nothing to take back, or the host's journal took all of it back.</summary>
    public static Reverted Nothing { get; } = new(false, new Dictionary<string, string>());

    /// <summary>This and what was taken back after it.</summary>
    public Reverted With(Reverted next) => new(
        FromOutside || next.FromOutside,
        Left.Concat(next.Left).GroupBy(l => l.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal),
        next.Obstacle.Length > 0 ? next.Obstacle : Obstacle);
}
