namespace Forge.Llama;

/// <summary>What computes.</summary>
public enum ModelBackend
{
    /// <summary>The processor where no GPU layers are asked for; else the first of Cuda and Vulkan whose runtime is installed.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>A GPU through Vulkan.</summary>
    Vulkan,

    /// <summary>An NVIDIA GPU through CUDA.</summary>
    Cuda,
}
