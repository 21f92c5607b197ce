namespace Forge.Scap.Reading;

/// <summary>Limits within which SCAP files are read; a file beyond them is refused, never cut short.</summary>
public sealed record ScapLimits
{
    /// <summary>The limits that are used where none are given.</summary>
    public static ScapLimits Default { get; } = new();

    /// <summary>Characters in one document, at least 1. The largest stream of scap-security-guide 0.1.82 has 29 million.</summary>
    public long MaxCharacters { get; init => field = AtLeastOne(value, nameof(MaxCharacters)); } = 256L << 20;

    /// <summary>Nesting depth of elements, at least 1.</summary>
    public int MaxDepth { get; init => field = (int)AtLeastOne(value, nameof(MaxDepth)); } = 256;

    /// <summary>Characters in one attribute value, at least 1.</summary>
    public int MaxAttributeLength { get; init => field = (int)AtLeastOne(value, nameof(MaxAttributeLength)); } = 1 << 20;

    private static long AtLeastOne(long value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "A limit is at least 1.");
}
