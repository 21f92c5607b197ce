using System.Runtime.InteropServices;

namespace Forge.Llama.Native;

/// <summary>What is used of ggml-backend.h and ggml.h.</summary>
internal static unsafe partial class NativeGgml
{
    /// <summary>Resolved by <see cref="NativeLibraries"/>.</summary>
    public const string Loader = "ggml";

    /// <summary>Resolved by <see cref="NativeLibraries"/>.</summary>
    public const string Base = "ggml-base";

    /// <summary><c>GGML_BACKEND_DEVICE_TYPE_CPU</c>.</summary>
    public const int DeviceCpu = 0;

    /// <summary><c>GGML_BACKEND_DEVICE_TYPE_GPU</c>.</summary>
    public const int DeviceGpu = 1;

    /// <summary><c>GGML_BACKEND_DEVICE_TYPE_IGPU</c>.</summary>
    public const int DeviceIntegratedGpu = 2;

    /// <summary>Size of <c>ggml_threadpool_params</c> (528 bytes in 0.5.0) with room to spare.</summary>
    public const int ThreadpoolParamsRoom = 1024;

    [LibraryImport(Loader, EntryPoint = "ggml_backend_load_all_from_path", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void LoadAll(string folder);

    [LibraryImport(Loader, EntryPoint = "ggml_backend_dev_count")]
    public static partial nint DeviceCount();

    [LibraryImport(Loader, EntryPoint = "ggml_backend_dev_get")]
    public static partial nint Device(nint index);

    [LibraryImport(Loader, EntryPoint = "ggml_backend_dev_by_type")]
    public static partial nint DeviceByType(int type);

    [LibraryImport(Base, EntryPoint = "ggml_backend_dev_type")]
    public static partial int DeviceType(nint device);

    [LibraryImport(Base, EntryPoint = "ggml_backend_dev_description")]
    public static partial byte* DeviceDescription(nint device);

    [LibraryImport(Base, EntryPoint = "ggml_backend_dev_backend_reg")]
    public static partial nint DeviceRegistry(nint device);

    [LibraryImport(Base, EntryPoint = "ggml_backend_reg_get_proc_address", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ProcAddress(nint registry, string name);

    [LibraryImport(Base, EntryPoint = "ggml_threadpool_params_init")]
    public static partial void InitThreadpoolParams(byte* parameters, int threads);
}
