using Forge.Scap.Reading;

namespace Forge.Scap.Content;

/// <summary>What to read of a data stream.</summary>
public sealed record DataStreamReadOptions
{
    /// <summary>All of the first benchmark.</summary>
    public static DataStreamReadOptions Default { get; } = new();

    /// <summary>Data stream of a collection; null for the first that has a checklist.</summary>
    public string? DataStreamId { get; init; }

    /// <summary>Id of the component reference of the checklist; null for the first.</summary>
    public string? ComponentReference { get; init; }

    /// <summary>Systems of the fixes to keep; null for all.</summary>
    public IReadOnlySet<string>? FixSystems { get; init; }

    /// <summary>Limits.</summary>
    public ScapLimits Limits { get; init; } = ScapLimits.Default;
}
