namespace Forge.Samples;

public enum SampleSeverity
{
    Low,
    Medium,
    High,
}
