namespace Forge.Core.Proposals;

/// <summary>How a hardening model was made.</summary>
/// <param name="Command">The command that makes it again.</param>
/// <param name="Steps">Steps of training, at least 0.</param>
/// <param name="Parameters">Weights, at least 1.</param>
/// <param name="Seed">Seed of its random numbers.</param>
/// <param name="Seconds">Wall time of the training, seconds.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda</c>.</param>
public sealed record HardenerRecipe(string Command, long Steps, long Parameters, long Seed, double Seconds, string Device)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Command} ({Steps} steps, {Parameters / 1e6:0.00} M parameters, seed {Seed}, {Seconds:0} s on {Device})");
}
