namespace Forge.Models.Hardening;

/// <summary>One decision about hardening models, as <c>enabled.json</c> keeps it.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="Name">The model; <see cref="HardenerShelf.None"/> for none.</param>
/// <param name="Sha256">SHA-256 of its GGUF file; null for none.</param>
/// <param name="Before">The one that was enabled before.</param>
/// <param name="By">Who: the user's name on this machine.</param>
/// <param name="Forced">Whether it was so because the user said so, whatever the figures.</param>
/// <param name="Reason">The user's reason; empty where none was given.</param>
/// <param name="Decision">Why it was decided so, in plain words.</param>
/// <param name="Figures">The figures; null where nothing was compared.</param>
public sealed record HardenerChange(
    DateTimeOffset Time, HardenerChangeKind Kind, string Name, string? Sha256, string Before, string By, bool Forced, string Reason, string Decision, HardenerFigures? Figures)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Time:u} {Kind} {Name} (before {Before}, {By}): {Decision}{(Reason.Length > 0 ? $" Reason: {Reason}" : "")}";
}
