using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Forge.Core.Errors;

namespace Forge.Llama.Native;

/// <summary>Proves before the first call that passes a struct that the loaded library lays structs out as this binding does: layouts differ between releases.</summary>
internal static unsafe class LayoutCheck
{
    /// <summary>Looks at the version and at the defaults that stand at known places.</summary>
    /// <param name="expectedVersion">What <c>llama_version()</c> has to say, for example <c>0.5.0-dev</c>.</param>
    /// <param name="folder">Where the libraries are, for the message.</param>
    /// <exception cref="ForgeException">Id <c>ModelRuntimeMismatch</c>.</exception>
    public static void Run(string expectedVersion, string folder)
    {
        var version = Marshal.PtrToStringUTF8((nint)NativeLlama.Version()) ?? "";
        if (version != expectedVersion)
        {
            throw Mismatch(folder, $"it is version '{version}', this binding is for '{expectedVersion}'");
        }

        var model = NativeLlama.ProbeModelParams();
        var context = NativeLlama.ProbeContextParams();
        Check(folder, "model", ModelFaults(Unsafe.As<ParamsProbe, LlamaModelParams>(ref model)));
        Check(folder, "context", ContextFaults(Unsafe.As<ParamsProbe, LlamaContextParams>(ref context)));
    }

    /// <summary>The fields of the model's defaults that are not what llama_model_default_params of 0.5.0 sets.</summary>
    internal static IEnumerable<string> ModelFaults(LlamaModelParams p) => Faults(
        ("n_gpu_layers", p.GpuLayers, -1), ("split_mode", p.SplitMode, 1), ("load_mode", p.LoadMode, -1), ("lazy_mode", p.LazyMode, 1), ("kv_overrides", p.KvOverrides, 0),
        ("vocab_only", p.VocabOnly, 0), ("check_tensors", p.CheckTensors, 0), ("use_extra_bufts", p.UseExtraBufts, 1), ("no_host", p.NoHost, 0), ("no_alloc", p.NoAlloc, 0),
        ("load_mtp", p.LoadMtp, 0));

    /// <summary>The fields of the context's defaults that are not what llama_context_default_params of 0.5.0 sets.</summary>
    internal static IEnumerable<string> ContextFaults(LlamaContextParams p) => Faults(
        ("n_ctx", p.Context, 512), ("n_batch", p.Batch, 2048), ("n_ubatch", p.Ubatch, 512), ("n_seq_max", p.SeqMax, 1), ("n_outputs_max_per_seq", p.OutputsMaxPerSeq, 1),
        ("rope_scaling_type", p.RopeScalingType, -1), ("flash_attn_type", p.FlashAttnType, -1), ("yarn_ext_factor", p.YarnExtFactor, -1), ("defrag_thold", p.DefragThold, -1),
        ("cb_eval", p.EvalCallback, 0), ("type_k", p.TypeK, 1), ("type_v", p.TypeV, 1), ("abort_callback", p.AbortCallback, 0), ("embeddings", p.Embeddings, 0),
        ("offload_kqv", p.OffloadKqv, 1), ("no_perf", p.NoPerf, 1), ("op_offload", p.OpOffload, 1), ("swa_full", p.SwaFull, 1), ("kv_unified", p.KvUnified, 0),
        ("samplers", p.Samplers, 0), ("n_samplers", p.SamplerCount, 0), ("ctx_other", p.ContextOther, 0));

    private static IEnumerable<string> Faults(params (string Name, double Actual, double Expected)[] fields) =>
        fields.Where(f => f.Actual != f.Expected).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} is {f.Actual} and not {f.Expected}"));

    private static void Check(string folder, string what, IEnumerable<string> faults)
    {
        if (faults.FirstOrDefault() is { } fault)
        {
            throw Mismatch(folder, $"the defaults of its {what} parameters stand elsewhere ({fault})");
        }
    }

    private static ForgeException Mismatch(string folder, string why) => new(
        "ModelRuntimeMismatch",
        ForgeErrorKind.Missing,
        $"The llama.cpp libraries in {folder} do not fit this binding: {why}.",
        "Remove that folder and install the pinned runtime again (Install-ForgeModelRuntime).",
        folder);
}
