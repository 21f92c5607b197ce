namespace Forge.Core.Findings;

/// <summary>Where a finding is named elsewhere.</summary>
/// <param name="System">Naming system, for example <c>CCE</c>, <c>STIG</c>, <c>CIS</c>, <c>CVE</c>.</param>
/// <param name="Id">Name in it.</param>
public sealed record Reference(string System, string Id);
