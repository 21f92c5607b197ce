namespace Forge.Core.Targets;

/// <summary>A script to run on a target.</summary>
public sealed record CommandRequest
{
    /// <summary>The script's text.</summary>
    public required string Script { get; init; }

    /// <summary>Interpreter on the target.</summary>
    public string Interpreter { get; init; } = "/bin/sh";

    /// <summary>Rights.</summary>
    public Elevation Elevation { get; init; } = Elevation.None;

    /// <summary>Time limit; the remote process group is ended when it runs out.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Limit in bytes for each of standard output and standard error; what is over is counted and dropped.</summary>
    public int MaxOutputBytes { get; init; } = 1 << 20;

    /// <summary>What the script reads on standard input; null for nothing.</summary>
    public ReadOnlyMemory<byte>? StandardInput { get; init; }

    /// <summary>Environment variables for the script.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
