namespace Forge.Build;

/// <summary>A step cannot go on; the message says why and what to do next, and the process ends with exit code 1.</summary>
internal sealed class BuildException(string message) : Exception(message);
