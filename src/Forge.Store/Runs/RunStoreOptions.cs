using Forge.Store.Redaction;

namespace Forge.Store.Runs;

/// <summary>Where and how runs are kept.</summary>
public sealed record RunStoreOptions
{
    private readonly string _home = "";

    /// <summary>Folder <c>$FORGE_HOME</c>, absolute; made when the first run is.</summary>
    /// <exception cref="ArgumentException">The path is relative.</exception>
    public required string Home
    {
        get => _home;
        init => _home = Path.IsPathFullyQualified(value)
            ? Path.GetFullPath(value)
            : throw new ArgumentException($"'{value}' is not an absolute path.", nameof(value));
    }

    /// <summary>What masks secrets before bytes are written. Everything that learns of a secret registers it here.</summary>
    public Redactor Redactor { get; init; } = new();

    /// <summary>Clock of the journal's lines and of waiting.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How often a followed journal is looked at, 10 ms to 1 minute.</summary>
    public TimeSpan FollowInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    internal string RunsFolder => Path.Combine(Home, "runs");
}
