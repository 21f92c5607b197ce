namespace Forge.Lab.Processes;

/// <summary>How an external program ended.</summary>
/// <param name="ExitCode">Exit code; 128 + n where signal n ended it.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The last lines of what the program complained about, for a message.</summary>
    public string Complaint
    {
        get
        {
            var text = string.IsNullOrWhiteSpace(Error) ? Output : Error;
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return string.Join(" / ", lines.TakeLast(4));
        }
    }
}
