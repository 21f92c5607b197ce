using Forge.Scap.Content;

namespace Forge.Scap.Profiles;

/// <summary>An XCCDF 1.2 tailoring file (NISTIR 7275 rev. 4, section 6.7).</summary>
/// <param name="File">Path or name of the file.</param>
/// <param name="Id">Full id.</param>
/// <param name="Version">Version; empty where there is none.</param>
/// <param name="BenchmarkHref">File of the benchmark that it tailors, as written; empty where it does not say.</param>
/// <param name="Profiles">Its profiles in document order.</param>
public sealed record Tailoring(string File, string Id, string Version, string BenchmarkHref, IReadOnlyList<Profile> Profiles);
