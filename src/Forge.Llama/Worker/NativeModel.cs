using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Forge.Core.Errors;
using Forge.Llama.Native;
using Forge.Llama.Protocol;

namespace Forge.Llama.Worker;

/// <summary>A loaded model with its context. Lives as long as the process: the process is what is thrown away.</summary>
internal sealed unsafe class NativeModel
{
    // Larger ubatches gain nothing on processors and make a cancellation wait.
    private const int BatchTokens = 512;
    private static int s_abort;
    private readonly byte[]?[] _pieces;
    private readonly byte* _template;
    private List<string>? _controls;

    private NativeModel(nint model, nint context, LoadCall call, double loadMs)
    {
        (Model, Context) = (model, context);
        Vocab = NativeLlama.Vocab(model);
        Memory = NativeLlama.Memory(context);
        Vocabulary = NativeLlama.VocabSize(Vocab);
        _pieces = new byte[Vocabulary][];
        _template = NativeLlama.ChatTemplate(model, null);
        HasTemplate = _template is not null && KnowsTemplate();
        ContextTokens = (int)NativeLlama.ContextOfSequence(context);
        Batch = (int)Math.Min(NativeLlama.BatchSize(context), BatchTokens);
        Adapters = new AdapterSet(this);
        Status = new LoadedReply
        {
            LoadMs = loadMs, Context = ContextTokens, TrainedContext = NativeLlama.TrainedContext(model), Vocabulary = Vocabulary,
            Parameters = NativeLlama.Parameters(model), Size = NativeLlama.Size(model), Threads = call.Threads, OffloadedLayers = NativeLog.OffloadedLayers,
            Gpus = NativeDevices.Gpus(), ChatTemplate = HasTemplate,
        };
    }

    public nint Model { get; }

    public nint Context { get; }

    public nint Vocab { get; }

    public nint Memory { get; }

    public int Vocabulary { get; }

    /// <summary>Tokens that one sequence can hold.</summary>
    public int ContextTokens { get; }

    /// <summary>Most tokens of one decode.</summary>
    public int Batch { get; }

    /// <summary>Whether the model has a chat template that llama.cpp knows.</summary>
    public bool HasTemplate { get; }

    public AdapterSet Adapters { get; }

    public LoadedReply Status { get; }

    /// <summary>Asks a running decode to stop; the next one clears it.</summary>
    public static void Abort() => Volatile.Write(ref s_abort, 1);

    /// <summary>Takes a request to stop back.</summary>
    public static void ClearAbort() => Volatile.Write(ref s_abort, 0);

    /// <exception cref="ForgeException">Ids <c>ModelRuntimeMismatch</c>, <c>ModelRuntimeDamaged</c>, <c>ModelGpuMissing</c>, <c>ModelLoadFailed</c>, <c>ModelContextFailed</c>.</exception>
    public static NativeModel Load(LoadCall call)
    {
        var clock = Stopwatch.StartNew();
        NativeDevices.Prepare(call);
        var parameters = NativeLlama.DefaultModelParams();
        parameters.GpuLayers = call.GpuLayers;
        NativeLog.TakeErrors();
        var model = NativeLlama.LoadModel(call.File, parameters);
        if (model == 0)
        {
            throw new ForgeException(
                "ModelLoadFailed", ForgeErrorKind.Corrupt, $"llama.cpp cannot load {call.File}: {Or(NativeLog.TakeErrors(), "it gave no reason")}.",
                "Compare the file's digest with its source, or use a model of an architecture that this release knows.", call.File);
        }

        var context = NativeLlama.InitContext(model, ContextParams(call));
        if (context == 0)
        {
            throw new ForgeException(
                "ModelContextFailed", ForgeErrorKind.Missing,
                $"llama.cpp cannot make a context of {call.Context} tokens for {call.Parallel} sequences: {Or(NativeLog.TakeErrors(), "it gave no reason")}.",
                "Ask for a smaller context or fewer sequences.", call.File);
        }

        NativeDevices.AttachThreads(context, call.Threads);
        NativeLlama.SetAbort(context, (nint)(delegate* unmanaged[Cdecl]<void*, byte>)&IsAborted, 0);
        var loaded = new NativeModel(model, context, call, clock.Elapsed.TotalMilliseconds);
        loaded.Adapters.Set(call.Adapters);
        return loaded;
    }

    /// <summary>Tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="begin">Whether what the model wants at the begin of a text is put there.</param>
    /// <param name="parseSpecial">Whether texts of control tokens become these tokens.</param>
    public int[] Tokenize(string text, bool begin, bool parseSpecial)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var tokens = new int[bytes.Length + 8];
        fixed (byte* source = bytes)
        {
            while (true)
            {
                int count;
                fixed (int* target = tokens)
                {
                    count = NativeLlama.Tokenize(Vocab, source, bytes.Length, target, tokens.Length, begin ? (byte)1 : (byte)0, parseSpecial ? (byte)1 : (byte)0);
                }

                if (count >= 0)
                {
                    return tokens[..count];
                }

                tokens = new int[-count];
            }
        }
    }

    /// <summary>The bytes that a token stands for; none for control tokens.</summary>
    public byte[] Piece(int token) => _pieces[token] ??= ReadPiece(token);

    /// <summary>Whether a text contains what is a control token of this model.</summary>
    public bool HasControlText(string text) => (_controls ??= ControlTexts()).Any(c => text.Contains(c, StringComparison.Ordinal));

    public bool IsEnd(int token) => NativeLlama.IsEndOfGeneration(Vocab, token) != 0;

    /// <summary>The conversation by the model's own template; null where llama.cpp does not know it.</summary>
    public string? ApplyTemplate(IReadOnlyList<MessageCall> messages)
    {
        if (_template is null)
        {
            return null;
        }

        var strings = new List<nint>();
        try
        {
            var items = stackalloc LlamaChatMessage[messages.Count];
            for (var i = 0; i < messages.Count; i++)
            {
                items[i].Role = Copy(strings, messages[i].Role);
                items[i].Content = Copy(strings, messages[i].Text);
            }

            var buffer = new byte[messages.Sum(m => Encoding.UTF8.GetByteCount(m.Text)) + (256 * (messages.Count + 2))];
            while (true)
            {
                int length;
                fixed (byte* target = buffer)
                {
                    length = NativeLlama.ApplyTemplate(_template, items, messages.Count, 1, target, buffer.Length);
                }

                if (length < 0)
                {
                    return null;
                }

                if (length <= buffer.Length)
                {
                    return Encoding.UTF8.GetString(buffer, 0, length);
                }

                buffer = new byte[length];
            }
        }
        finally
        {
            strings.ForEach(Marshal.FreeCoTaskMem);
        }
    }

    private static LlamaContextParams ContextParams(LoadCall call)
    {
        var parameters = NativeLlama.DefaultContextParams();
        parameters.Context = (uint)(call.Context * call.Parallel);
        parameters.SeqMax = (uint)call.Parallel;
        parameters.Batch = BatchTokens;
        parameters.Ubatch = BatchTokens;
        parameters.Threads = parameters.ThreadsBatch = call.Threads;
        // With a GPU back end loaded, no layers asked for means: nothing there. The defaults would still send batches to it.
        parameters.OpOffload = parameters.OffloadKqv = call.GpuLayers == 0 ? (byte)0 : (byte)1;
        return parameters;
    }

    private static byte* Copy(List<nint> strings, string text)
    {
        var copy = Marshal.StringToCoTaskMemUTF8(text);
        strings.Add(copy);
        return (byte*)copy;
    }

    private static string Or(string text, string other) => text.Length > 0 ? text : other;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte IsAborted(void* userData) => (byte)Volatile.Read(ref s_abort);

    private List<string> ControlTexts()
    {
        // LLAMA_TOKEN_ATTR_UNKNOWN, CONTROL and USER_DEFINED: what llama_tokenize looks for.
        const int special = 1 | 8 | 16;
        var texts = new List<string>();
        for (var i = 0; i < Vocabulary; i++)
        {
            if ((NativeLlama.TokenAttributes(Vocab, i) & special) != 0 && Marshal.PtrToStringUTF8((nint)NativeLlama.TokenText(Vocab, i)) is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    private bool KnowsTemplate() => ApplyTemplate([new MessageCall("user", "x")]) is not null;

    private byte[] ReadPiece(int token)
    {
        var buffer = new byte[64];
        while (true)
        {
            int length;
            fixed (byte* target = buffer)
            {
                length = NativeLlama.Piece(Vocab, token, target, buffer.Length, 0, 0);
            }

            if (length >= 0)
            {
                return buffer[..length];
            }

            buffer = new byte[-length];
        }
    }
}
