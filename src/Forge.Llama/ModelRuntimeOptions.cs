namespace Forge.Llama;

/// <summary>Where the native runtime is and how the child process is started.</summary>
public sealed record ModelRuntimeOptions
{
    /// <summary>The folder of installed runtimes, <c>cache/model-runtime</c>; below it lie version and back end.</summary>
    public required string Folder { get; init; }

    /// <summary>How the child process is started.</summary>
    public required ModelProcessLauncher Launcher { get; init; }
}
