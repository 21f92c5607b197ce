namespace Forge.Core.Journal;

/// <summary>A model does not answer: the run goes on without it.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Reason">Why.</param>
/// <param name="Seconds">From the first request that failed until it was given up.</param>
public sealed record ModelLost(string Model, string Reason, double Seconds) : ForgeEvent;
