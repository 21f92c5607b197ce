using Forge.Scap.Results;

namespace Forge.Scap.Engine;

/// <summary>What a call of the scanner gave.</summary>
/// <param name="Results">The results.</param>
/// <param name="Packed">The result file, compressed with gzip.</param>
/// <param name="Elapsed">Wall time of all calls that it took.</param>
/// <param name="Repeated">Why earlier calls gave no result, oldest first; mostly empty.</param>
internal sealed record ScannerOutput(XccdfResults Results, byte[] Packed, TimeSpan Elapsed, IReadOnlyList<string> Repeated);
