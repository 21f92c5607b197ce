namespace Forge.Samples;

public sealed record SampleResult(string Item, string Outcome, double Seconds);
