namespace Forge.Scap.Content;

/// <summary>A reference from a check to its content.</summary>
/// <param name="Href">File, as the catalogue of the data stream names it.</param>
/// <param name="Name">Part of the file, for example an OVAL definition; null for all of it.</param>
public sealed record CheckContent(string Href, string? Name);
