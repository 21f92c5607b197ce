namespace Forge.Scap.Results;

/// <summary>Words of outcomes and how they combine.</summary>
internal static class OutcomeTable
{
    /// <summary>The outcome of a word; null for a word that XCCDF does not know.</summary>
    public static RuleOutcome? Parse(string word) => word switch
    {
        "pass" => RuleOutcome.Pass,
        "fail" => RuleOutcome.Fail,
        "error" => RuleOutcome.Error,
        "unknown" => RuleOutcome.Unknown,
        "notapplicable" => RuleOutcome.NotApplicable,
        "notchecked" => RuleOutcome.NotChecked,
        "notselected" => RuleOutcome.NotSelected,
        "informational" => RuleOutcome.Informational,
        "fixed" => RuleOutcome.Fixed,
        _ => null,
    };

    /// <summary>Two results of one rule (NISTIR 7275 rev. 4, table 40): a failure wins, then what could not be told, then success.</summary>
    public static RuleOutcome And(RuleOutcome left, RuleOutcome right) => Rank(left) <= Rank(right) ? left : right;

    private static int Rank(RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.Fail => 0,
        RuleOutcome.Error => 1,
        RuleOutcome.Unknown => 2,
        RuleOutcome.Pass => 3,
        RuleOutcome.Fixed => 4,
        RuleOutcome.NotApplicable => 5,
        RuleOutcome.NotChecked => 6,
        RuleOutcome.NotSelected => 7,
        _ => 8,
    };
}
