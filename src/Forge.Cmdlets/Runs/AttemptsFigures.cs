namespace Forge.Cmdlets.Runs;

/// <summary>Items on which so many attempts were made.</summary>
/// <param name="Attempts">Attempts on each.</param>
/// <param name="Items">Items.</param>
/// <param name="Remediated">How many of them were fixed and verified.</param>
public sealed record AttemptsFigures(int Attempts, int Items, int Remediated)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Attempts}: {Items} ({Remediated} remediated)";
}
