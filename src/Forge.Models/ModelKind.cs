namespace Forge.Models;

/// <summary>How a model is reached.</summary>
public enum ModelKind
{
    /// <summary>A GGUF file on this machine, in a child process of Forge.</summary>
    Llama,

    /// <summary>A server that speaks OpenAI's chat completions.</summary>
    OpenAI,

    /// <summary>A recording of answers, for runs that can be repeated.</summary>
    Replay,
}
