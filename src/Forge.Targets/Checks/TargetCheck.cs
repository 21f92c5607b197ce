namespace Forge.Targets.Checks;

/// <summary>One row of <c>Test-ForgeTarget</c>.</summary>
/// <param name="Check">What was looked at, for example <c>HostKey</c>.</param>
/// <param name="Result">How it is.</param>
/// <param name="Detail">What was seen, and what to do where it is not well.</param>
public sealed record TargetCheck(string Check, TargetCheckResult Result, string Detail);
