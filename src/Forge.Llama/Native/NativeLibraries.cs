using System.Reflection;
using System.Runtime.InteropServices;

namespace Forge.Llama.Native;

/// <summary>Resolves the native libraries to one runtime folder. Called by the child process alone: the parent never loads one.</summary>
internal static class NativeLibraries
{
    /// <summary>Points the imports of this assembly to the folder; the libraries there find each other by their own run path.</summary>
    public static void Use(string folder, string llamaVersion) => NativeLibrary.SetDllImportResolver(
        typeof(NativeLibraries).Assembly,
        (name, assembly, search) => FileOf(name, llamaVersion) is { } file ? NativeLibrary.Load(Path.Combine(folder, file)) : Other(name, assembly, search));

    /// <summary>The file that stands for an import; null for what is none of llama.cpp's.</summary>
    public static string? FileOf(string name, string llamaVersion) => name switch
    {
        // The files bear the release ("0.5.0"), llama_version() says more ("0.5.0-dev").
        NativeLlama.Library => $"libllama.v{llamaVersion.Split('-')[0]}.so",
        NativeGgml.Loader => $"libggml.v{llamaVersion.Split('-')[0]}.so",
        NativeGgml.Base => "libggml-base.so",
        _ => null,
    };

    private static nint Other(string name, Assembly assembly, DllImportSearchPath? search) => NativeLibrary.TryLoad(name, assembly, search, out var handle) ? handle : 0;
}
