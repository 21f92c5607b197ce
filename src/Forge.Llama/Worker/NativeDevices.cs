using System.Runtime.InteropServices;
using Forge.Core.Errors;
using Forge.Llama.Native;
using Forge.Llama.Protocol;

namespace Forge.Llama.Worker;

/// <summary>Loads the native libraries and says which devices they found.</summary>
internal static unsafe class NativeDevices
{
    /// <summary>Loads the libraries, checks their layout, then loads their back ends.</summary>
    /// <exception cref="ForgeException">Ids <c>ModelRuntimeDamaged</c>, <c>ModelRuntimeMismatch</c>, <c>ModelGpuMissing</c>.</exception>
    public static void Prepare(LoadCall call)
    {
        NativeLibraries.Use(call.Runtime, call.LlamaVersion);
        try
        {
            LayoutCheck.Run(call.LlamaVersion, call.Runtime);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new ForgeException(
                "ModelRuntimeDamaged", ForgeErrorKind.Corrupt, $"The llama.cpp libraries in {call.Runtime} cannot be loaded: {e.Message}",
                "Remove that folder and install the runtime again (Install-ForgeModelRuntime).", call.Runtime, e);
        }

        NativeLog.Install();
        NativeGgml.LoadAll(call.Runtime);
        if (NativeGgml.DeviceByType(NativeGgml.DeviceCpu) == 0)
        {
            throw new ForgeException(
                "ModelRuntimeDamaged", ForgeErrorKind.Corrupt, $"The folder {call.Runtime} has no back end for this processor.",
                "Remove that folder and install the runtime again (Install-ForgeModelRuntime).", call.Runtime);
        }

        NativeLlama.InitBackend();
        if (call.GpuLayers != 0 && Gpus().Count == 0)
        {
            throw new ForgeException(
                "ModelGpuMissing", ForgeErrorKind.Missing, $"{call.GpuLayers} layers were asked for on a GPU, and the runtime in {call.Runtime} finds none on this machine.",
                "Ask for 0 GPU layers, or install the runtime and driver of the GPU (Install-ForgeModelRuntime -Backend Vulkan or Cuda).", call.Runtime);
        }
    }

    /// <summary>The GPUs that the loaded back ends see.</summary>
    public static IReadOnlyList<string> Gpus()
    {
        var names = new List<string>();
        for (nint i = 0; i < NativeGgml.DeviceCount(); i++)
        {
            var device = NativeGgml.Device(i);
            if (NativeGgml.DeviceType(device) is NativeGgml.DeviceGpu or NativeGgml.DeviceIntegratedGpu)
            {
                names.Add(Marshal.PtrToStringUTF8((nint)NativeGgml.DeviceDescription(device)) ?? "");
            }
        }

        return names;
    }

    /// <summary>Gives the context threads that stay: without them each decode starts and ends its own.</summary>
    public static void AttachThreads(nint context, int threads)
    {
        if (threads < 2)
        {
            return;
        }

        var registry = NativeGgml.DeviceRegistry(NativeGgml.DeviceByType(NativeGgml.DeviceCpu));
        var create = (delegate* unmanaged[Cdecl]<byte*, nint>)NativeGgml.ProcAddress(registry, "ggml_threadpool_new");
        if (create is null)
        {
            return;
        }

        var parameters = stackalloc byte[NativeGgml.ThreadpoolParamsRoom];
        NativeGgml.InitThreadpoolParams(parameters, threads);
        var pool = create(parameters);
        if (pool != 0)
        {
            NativeLlama.AttachThreadpool(context, pool, pool);
        }
    }
}
