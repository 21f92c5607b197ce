namespace Forge.Scap.Content;

/// <summary>Where a benchmark was read.</summary>
/// <param name="File">Path or name of the file.</param>
/// <param name="DataStreamId">Id of the data stream; null for a plain XCCDF file.</param>
/// <param name="ComponentReference">Id of the component reference of the checklist; null for a plain XCCDF file.</param>
/// <param name="ComponentId">Id of the component that holds the benchmark; null for a plain XCCDF file.</param>
/// <param name="Timestamp">Time stamp of the data stream as written; empty where there is none.</param>
public sealed record BenchmarkSource(string File, string? DataStreamId, string? ComponentReference, string? ComponentId, string Timestamp);
