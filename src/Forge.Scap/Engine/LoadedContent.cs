using Forge.Scap.Content;
using Forge.Scap.Slim;

namespace Forge.Scap.Engine;

/// <summary>A data stream that was read.</summary>
/// <param name="Path">File on this machine.</param>
/// <param name="Sha256">Digest of its bytes.</param>
/// <param name="Benchmark">Its benchmark.</param>
/// <param name="Cutter">Cuts slim streams from it; null for a plain benchmark file, which is always scanned whole.</param>
internal sealed record LoadedContent(string Path, string Sha256, Benchmark Benchmark, SlimDataStreamCutter? Cutter);
