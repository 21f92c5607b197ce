namespace Forge.Scap.Content;

/// <summary>A value that profiles choose and checks and fixes use (NISTIR 7275 rev. 4, section 6.4.5).</summary>
public sealed record Value
{
    /// <summary>Full id.</summary>
    public required string Id { get; init; }

    /// <summary>Title; empty where there is none.</summary>
    public required string Title { get; init; }

    /// <summary>Type as written: <c>string</c>, <c>number</c> or <c>boolean</c>.</summary>
    public string Type { get; init; } = "string";

    /// <summary>Operator as written.</summary>
    public string Operator { get; init; } = "equals";

    /// <summary>Its texts in document order.</summary>
    public required IReadOnlyList<ValueOption> Options { get; init; }

    /// <summary>The text of a selector. Without a selector: the one that has none, else the first.</summary>
    /// <returns>Null where the selector does not exist.</returns>
    public ValueOption? Find(string? selector)
    {
        var wanted = selector ?? "";
        foreach (var option in Options)
        {
            if ((option.Selector ?? "") == wanted)
            {
                return option;
            }
        }

        return wanted.Length == 0 && Options.Count > 0 ? Options[0] : null;
    }
}
