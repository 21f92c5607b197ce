namespace Forge.Core.Loop;

/// <summary>How many items of a scan have which verdict.</summary>
/// <param name="Pass">Hold.</param>
/// <param name="Fail">Do not hold.</param>
/// <param name="NotApplicable">Do not apply.</param>
/// <param name="NotChecked">Have no automatic check.</param>
/// <param name="Error">Could not be checked: error and unknown.</param>
public sealed record ScanCounts(int Pass, int Fail, int NotApplicable, int NotChecked, int Error);
