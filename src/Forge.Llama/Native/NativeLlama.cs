using System.Runtime.InteropServices;

namespace Forge.Llama.Native;

/// <summary>What is used of llama.h, release 0.5.0. Only the child process calls it; call order and pitfalls: docs/models.md.</summary>
internal static unsafe partial class NativeLlama
{
    /// <summary>Resolved by <see cref="NativeLibraries"/>.</summary>
    public const string Library = "llama";

    [LibraryImport(Library, EntryPoint = "llama_version")]
    public static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "llama_log_set")]
    public static partial void SetLog(nint callback, nint userData);

    [LibraryImport(Library, EntryPoint = "llama_backend_init")]
    public static partial void InitBackend();

    [LibraryImport(Library, EntryPoint = "llama_model_default_params")]
    public static partial ParamsProbe ProbeModelParams();

    [LibraryImport(Library, EntryPoint = "llama_context_default_params")]
    public static partial ParamsProbe ProbeContextParams();

    [LibraryImport(Library, EntryPoint = "llama_model_default_params")]
    public static partial LlamaModelParams DefaultModelParams();

    [LibraryImport(Library, EntryPoint = "llama_context_default_params")]
    public static partial LlamaContextParams DefaultContextParams();

    [LibraryImport(Library, EntryPoint = "llama_model_load_from_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint LoadModel(string file, LlamaModelParams parameters);

    [LibraryImport(Library, EntryPoint = "llama_model_get_vocab")]
    public static partial nint Vocab(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_ctx_train")]
    public static partial int TrainedContext(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_params")]
    public static partial ulong Parameters(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_size")]
    public static partial ulong Size(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_chat_template")]
    public static partial byte* ChatTemplate(nint model, byte* name);

    [LibraryImport(Library, EntryPoint = "llama_init_from_model")]
    public static partial nint InitContext(nint model, LlamaContextParams parameters);

    [LibraryImport(Library, EntryPoint = "llama_attach_threadpool")]
    public static partial void AttachThreadpool(nint context, nint pool, nint batchPool);

    [LibraryImport(Library, EntryPoint = "llama_get_memory")]
    public static partial nint Memory(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_ctx_seq")]
    public static partial uint ContextOfSequence(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_batch")]
    public static partial uint BatchSize(nint context);

    [LibraryImport(Library, EntryPoint = "llama_set_abort_callback")]
    public static partial void SetAbort(nint context, nint callback, nint userData);

    [LibraryImport(Library, EntryPoint = "llama_memory_seq_rm")]
    public static partial byte RemoveFromMemory(nint memory, int sequence, int from, int to);

    [LibraryImport(Library, EntryPoint = "llama_memory_seq_pos_max")]
    public static partial int LastPosition(nint memory, int sequence);

    [LibraryImport(Library, EntryPoint = "llama_decode")]
    public static partial int Decode(nint context, LlamaBatch batch);

    [LibraryImport(Library, EntryPoint = "llama_get_logits_ith")]
    public static partial float* Logits(nint context, int index);

    [LibraryImport(Library, EntryPoint = "llama_vocab_n_tokens")]
    public static partial int VocabSize(nint vocab);

    [LibraryImport(Library, EntryPoint = "llama_vocab_type")]
    public static partial int VocabType(nint vocab);

    [LibraryImport(Library, EntryPoint = "llama_vocab_is_eog")]
    public static partial byte IsEndOfGeneration(nint vocab, int token);

    [LibraryImport(Library, EntryPoint = "llama_vocab_get_attr")]
    public static partial int TokenAttributes(nint vocab, int token);

    [LibraryImport(Library, EntryPoint = "llama_vocab_get_text")]
    public static partial byte* TokenText(nint vocab, int token);

    [LibraryImport(Library, EntryPoint = "llama_tokenize")]
    public static partial int Tokenize(nint vocab, byte* text, int length, int* tokens, int room, byte addSpecial, byte parseSpecial);

    [LibraryImport(Library, EntryPoint = "llama_token_to_piece")]
    public static partial int Piece(nint vocab, int token, byte* buffer, int length, int leftStrip, byte special);

    [LibraryImport(Library, EntryPoint = "llama_chat_apply_template")]
    public static partial int ApplyTemplate(byte* template, LlamaChatMessage* messages, nint count, byte addAssistant, byte* buffer, int length);

    [LibraryImport(Library, EntryPoint = "llama_sampler_init_grammar")]
    public static partial nint InitGrammar(nint vocab, byte* grammar, byte* root);

    [LibraryImport(Library, EntryPoint = "llama_sampler_apply")]
    public static partial void Apply(nint sampler, LlamaTokenDataArray* candidates);

    [LibraryImport(Library, EntryPoint = "llama_sampler_accept")]
    public static partial void Accept(nint sampler, int token);

    [LibraryImport(Library, EntryPoint = "llama_sampler_free")]
    public static partial void FreeSampler(nint sampler);

    [LibraryImport(Library, EntryPoint = "llama_adapter_lora_init", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint LoadAdapter(nint model, string file);

    [LibraryImport(Library, EntryPoint = "llama_adapter_lora_free")]
    public static partial void FreeAdapter(nint adapter);

    [LibraryImport(Library, EntryPoint = "llama_set_adapters_lora")]
    public static partial int SetAdapters(nint context, nint* adapters, nint count, float* scales);
}
