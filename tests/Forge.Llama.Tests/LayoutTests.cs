using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Forge.Core.Errors;
using Forge.Llama.Native;
using Forge.Llama.Runtime;
using Forge.Testing.Gguf;
using Microsoft.Extensions.AI;

namespace Forge.Llama.Tests;

public sealed class LayoutTests : IDisposable
{
    private static readonly Dictionary<Type, (string Name, string[] Fields)> Structs = new()
    {
        [typeof(LlamaModelParams)] = ("struct llama_model_params",
        [
            "devices", "tensor_buft_overrides", "n_gpu_layers", "split_mode", "load_mode", "lazy_mode", "main_gpu", "tensor_split", "progress_callback", "progress_callback_user_data",
            "kv_overrides", "vocab_only", "check_tensors", "use_extra_bufts", "no_host", "no_alloc", "load_mtp",
        ]),
        [typeof(LlamaContextParams)] = ("struct llama_context_params",
        [
            "n_ctx", "n_batch", "n_ubatch", "n_seq_max", "n_rs_seq", "n_outputs_max", "n_outputs_max_per_seq", "n_threads", "n_threads_batch", "ctx_type", "rope_scaling_type", "pooling_type",
            "attention_type", "flash_attn_type", "rope_freq_base", "rope_freq_scale", "yarn_ext_factor", "yarn_attn_factor", "yarn_beta_fast", "yarn_beta_slow", "yarn_orig_ctx", "defrag_thold",
            "cb_eval", "cb_eval_user_data", "type_k", "type_v", "abort_callback", "abort_callback_data", "embeddings", "offload_kqv", "no_perf", "op_offload", "swa_full", "kv_unified",
            "samplers", "n_samplers", "ctx_other",
        ]),
        [typeof(LlamaBatch)] = ("struct llama_batch", ["n_tokens", "token", "embd", "pos", "n_seq_id", "seq_id", "logits"]),
        [typeof(LlamaChatMessage)] = ("struct llama_chat_message", ["role", "content"]),
        [typeof(LlamaTokenData)] = ("struct llama_token_data", ["id", "logit", "p"]),
        [typeof(LlamaTokenDataArray)] = ("struct llama_token_data_array", ["data", "size", "selected", "sorted"]),
    };

    private readonly ModelLab _lab = new();

    [Fact]
    public async Task Our_structs_lie_as_the_headers_of_the_pinned_release_say()
    {
        Assert.SkipUnless(LlamaSource.Has("gcc") && LlamaSource.Has("git") && LlamaSource.Has("npm"), "gcc, git and npm are needed to compile a probe from llama.cpp's headers");
        var source = LlamaSource.CheckOut(await new ModelRuntimeInstaller(ModelLab.RuntimeFolder).FetchSourceAsync(TestContext.Current.CancellationToken));
        var file = Path.Combine(_lab.Folder, "probe.c");
        var prints = Structs.Values.SelectMany(s => s.Fields.Select(f => $"printf(\"%zu\\n\", offsetof({s.Name}, {f}));").Append($"printf(\"%zu\\n\", sizeof({s.Name}));"))
            .Append("printf(\"%zu\\n\", sizeof(struct ggml_threadpool_params));");
        await File.WriteAllTextAsync(file, $"#include <stddef.h>\n#include <stdio.h>\n#include \"llama.h\"\nint main(void) {{ {string.Join('\n', prints)} return 0; }}\n", TestContext.Current.CancellationToken);
        var probe = Path.Combine(_lab.Folder, "probe");
        LlamaSource.Must("gcc", "-I", $"{source}/include", "-I", $"{source}/ggml/include", "-o", probe, file);
        var expected = LlamaSource.Must(probe).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => int.Parse(l, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(expected[..^1], Structs.Keys.SelectMany(OwnLayout));
        Assert.True(expected[^1] <= NativeGgml.ThreadpoolParamsRoom, $"ggml_threadpool_params has {expected[^1]} bytes");
    }

    [Fact]
    public void Defaults_that_stand_elsewhere_are_noticed()
    {
        var shifted = new LlamaContextParams { Context = 512, Batch = 2048, Ubatch = 512, SeqMax = 1, OutputsMaxPerSeq = 1, TypeK = 1, TypeV = 1, NoPerf = 1 };
        Assert.NotEmpty(LayoutCheck.ContextFaults(shifted));
        Assert.Contains(LayoutCheck.ModelFaults(default), f => f.StartsWith("n_gpu_layers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Libraries_that_are_damaged_are_an_error_and_no_crash()
    {
        var folder = Path.Combine(_lab.Folder, "runtimes");
        var cpu = Path.Combine(folder, RuntimeManifest.Pinned.Version, "cpu");
        Directory.CreateDirectory(cpu);
        foreach (var file in Directory.EnumerateFiles(new ModelRuntimeInstaller(ModelLab.RuntimeFolder).Find(ModelBackend.Cpu)!))
        {
            File.Copy(file, Path.Combine(cpu, Path.GetFileName(file)));
        }

        var library = Path.Combine(cpu, NativeLibraries.FileOf(NativeLlama.Library, RuntimeManifest.Pinned.Llama)!);
        await File.WriteAllBytesAsync(library, (await File.ReadAllBytesAsync(library, TestContext.Current.CancellationToken))[..1000], TestContext.Current.CancellationToken);
        await using var client = new LlamaChatClient(new LlamaModelOptions { ModelFile = _lab.Model() }, new ModelRuntimeOptions { Folder = folder, Launcher = ModelLab.Launcher });
        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("abc", ModelLab.Options(2)));
        Assert.Equal("ModelRuntimeDamaged", fault.Id);
        Assert.Contains("libllama", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _lab.Dispose();

    private static IEnumerable<int> OwnLayout(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Instance).OrderBy(f => f.MetadataToken).Select(f => (int)Marshal.OffsetOf(type, f.Name)).Append(SizeOf(type));

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
