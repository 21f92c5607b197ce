namespace Forge.Lab.Machines;

/// <summary>What a command answered that was run as root from outside the machine's own network services.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Output">Standard output (and standard error where the way in cannot tell them apart).</param>
/// <param name="Error">Standard error.</param>
public sealed record LabCommandResult(int ExitCode, string Output, string Error);
