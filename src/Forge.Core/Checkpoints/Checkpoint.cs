namespace Forge.Core.Checkpoints;

/// <summary>A point to which a target can be taken back.</summary>
/// <param name="Id">Name that the provider gave it; letters, digits and dashes.</param>
/// <param name="Kind">Which provider holds it, for example <c>qemu-snapshot</c>.</param>
/// <param name="Outside">Whether it is held and restored from outside the guest.</param>
/// <param name="TakenAt">When, UTC.</param>
public sealed record Checkpoint(string Id, string Kind, bool Outside, DateTimeOffset TakenAt);
