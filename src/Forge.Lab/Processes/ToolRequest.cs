namespace Forge.Lab.Processes;

/// <summary>One call of an external program.</summary>
/// <param name="FileName">Program, found on the PATH.</param>
/// <param name="Arguments">Arguments, each passed as it is; no shell reads them.</param>
internal sealed record ToolRequest(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>After this the program and its children are killed.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Standard input; null for none.</summary>
    public string? Input { get; init; }

    /// <summary>Called for each line of standard output as it comes.</summary>
    public Action<string>? OnOutputLine { get; init; }

    /// <summary>Called for each line of standard error as it comes.</summary>
    public Action<string>? OnErrorLine { get; init; }

    /// <summary>Folder to run in; null for the caller's.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>The call in words for messages.</summary>
    public override string ToString() => $"{FileName} {string.Join(' ', Arguments)}";
}
