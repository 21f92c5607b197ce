namespace Forge.Core.Proposals;

/// <summary>When the proposals of a hardening model count.</summary>
/// <param name="ModelAlone">Confidence from which its proposal becomes an action though nothing else agrees, 0 to 1; from dev, never from test.</param>
/// <param name="ContextTokens">Tokens of its context, 256 to 1,048,576.</param>
public sealed record HardenerGate(double ModelAlone, int ContextTokens)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"alone from {ModelAlone:0.###}, {ContextTokens} tokens");
}
