namespace Forge.Core.Proposals.HeldOut;

/// <summary>A file of rules on which no model was trained.</summary>
/// <param name="File">Its path.</param>
/// <param name="Digest">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Rules">Its texts, in its order.</param>
public sealed record HeldOutSet(string File, string Digest, IReadOnlyList<HeldOutRule> Rules)
{
    /// <summary>The set that is opened once, for the model card: no comparison takes it unless it is named.</summary>
    public const string Final = "final";

    /// <summary>The texts in some sets and one wording.</summary>
    /// <param name="sets">Names of sets; empty for all but <see cref="Final"/>.</param>
    /// <param name="wording">Null for all.</param>
    public IReadOnlyList<HeldOutRule> Select(IReadOnlyCollection<string> sets, RuleWording? wording) =>
        [.. Rules.Where(r => (sets.Count == 0 ? r.Set != Final : sets.Contains(r.Set, StringComparer.Ordinal)) && (wording is null || r.Wording == wording))];
}
