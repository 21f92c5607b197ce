namespace Forge.Samples;

public sealed record SampleFinding
{
    public required string Id { get; init; }

    public required string Target { get; init; }

    public SampleSeverity Severity { get; init; }

    public TimeSpan Took { get; init; }

    public DateTimeOffset FoundAt { get; init; }

    public IReadOnlyList<string> References { get; init; } = [];

    public string Label => $"{Target}/{Id}";
}
