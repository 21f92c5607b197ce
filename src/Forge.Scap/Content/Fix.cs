namespace Forge.Scap.Content;

/// <summary>A fix as the content gives it (NISTIR 7275 rev. 4, table 14).</summary>
public sealed record Fix
{
    /// <summary>Id; empty where there is none.</summary>
    public string Id { get; init; } = "";

    /// <summary>What runs it, for example <c>urn:xccdf:fix:script:sh</c>; empty where it is not said.</summary>
    public string System { get; init; } = "";

    /// <summary>Complexity as written; empty where it is not said.</summary>
    public string Complexity { get; init; } = "";

    /// <summary>Disruption as written; empty where it is not said.</summary>
    public string Disruption { get; init; } = "";

    /// <summary>Whether it needs a reboot.</summary>
    public bool Reboot { get; init; }

    /// <summary>Strategy as written; empty where it is not said.</summary>
    public string Strategy { get; init; } = "";

    /// <summary>Platform to which it applies; empty for all.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Its content: literal text and places to fill in.</summary>
    public required XccdfText Content { get; init; }
}
