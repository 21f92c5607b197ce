namespace Forge.Build;

/// <summary>How a program ended and what it wrote: its standard output, and where it failed what it wrote to standard error after that.</summary>
internal readonly record struct ToolResult(int Code, string Output);
