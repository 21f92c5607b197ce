namespace Forge.Host.Tests.Samples;

public enum SampleSeverity
{
    Low,
    Medium,
    High,
}
