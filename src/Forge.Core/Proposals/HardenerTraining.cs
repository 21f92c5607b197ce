namespace Forge.Core.Proposals;

/// <summary>What a hardening model was trained on.</summary>
/// <param name="Digest">SHA-256 of the training file, 64 lower-case hexadecimal digits.</param>
/// <param name="Rules">Distinct rules in it.</param>
/// <param name="Examples">Examples in it.</param>
/// <param name="Sources">Where its texts come from.</param>
public sealed record HardenerTraining(string Digest, int Rules, int Examples, IReadOnlyList<string> Sources)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Examples} examples of {Rules} rules from {string.Join(", ", Sources)} (sha256 {Digest})");
}
