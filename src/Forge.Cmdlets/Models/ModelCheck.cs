namespace Forge.Cmdlets.Models;

/// <summary>One check of a model.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Check">What was checked.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Detail">What was seen, or what to do.</param>
public sealed record ModelCheck(string Model, string Check, ModelCheckResult Result, string Detail);
